package parley.reaction;

import java.util.List;
import java.util.Set;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.message.MessageTargetRepository;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of reactions. */
public final class ReactionRepository {
  private final Sql sql;

  public ReactionRepository(Sql sql) {
    this.sql = sql;
  }

  /** Why a reaction is taken or not; named by the SQL. */
  enum Verdict {
    TAKEN,
    SYSTEM,
    DELETED,
    TOO_MANY
  }

  /**
   * What became of a reaction.
   *
   * @param audience who is to be told of it; nobody if it was so already
   */
  record Outcome(
      Verdict verdict, ConversationId conversation, List<EmojiCount> counts, Set<UserId> audience) {
    private static Outcome from(Row row) {
      return new Outcome(
          Verdict.valueOf(row.string("verdict")),
          new ConversationId(row.uuid("conversation_id")),
          row.optionalString("counts").map(EmojiCount::parse).orElse(List.of()),
          UserId.set(row, "audience"));
    }
  }

  /**
   * Replaces what {@code me} reacts to a message with. What others react with is read under the
   * lock, by a function that sees what came while this statement waited for it. A blocked person's
   * reaction is theirs alone, and the other one of the two keeps the one before it. A person who
   * has such a reaction is told of others' by catching up only: the counts of a live event, which
   * are the same for all, would tell them that theirs does not count.
   *
   * @param most how many different emojis a message takes
   * @throws parley.platform.ChatException MESSAGE_NOT_FOUND; BLOCKED_BY_YOU
   */
  Outcome react(UserId me, MessageId message, Emojis emojis, int most) {
    return MessageTargetRepository.run(
        sql,
        me,
        message,
        sql.statement(
                MessageTargetRepository.LOCK
                    + """
                    , wanted as (
                      select emoji from unnest(string_to_array(:emojis, ' ')) as w (emoji)
                    ), others as (
                      select o.emoji, o.count
                      from target t cross join lateral reactions_of_others(t.id, :me) o
                    ), counts as (
                      select emoji, sum(count) as count
                      from (select * from others union all select emoji, 1 from wanted) each
                      group by emoji
                    ), judged as (
                      select t.id, t.conversation_id, case
                        when t.kind = 'SYSTEM' then 'SYSTEM'
                        when t.deleted_at is not null then 'DELETED'
                        when :emojis <> '' and (select count(*) from counts) > :most then 'TOO_MANY'
                        else 'TAKEN'
                      end as verdict
                      from target t
                    ), changed as (
                      insert into reactions as r (message_id, user_id, emojis, hidden)
                      select j.id, :me, string_to_array(:emojis, ' '), c.hidden
                      from judged j cross join current c
                      where j.verdict = 'TAKEN'
                        and (:emojis <> '' or exists (
                          select from reactions o where o.message_id = j.id and o.user_id = :me))
                      on conflict (message_id, user_id) do update
                      set emojis = excluded.emojis, hidden = excluded.hidden,
                        kept = case when not excluded.hidden then '{}'
                          when r.hidden then r.kept else r.emojis end
                      where r.emojis <> excluded.emojis or r.hidden and not excluded.hidden
                      returning r.message_id
                    ), viewers as (
                      select a.user_id, a.audience
                      from changed ch
                      join visible_messages v on v.id = ch.message_id
                      join audience a on a.user_id = v.reader_id
                    ), fed as (
                      insert into feed (audience, type, entity)
                      select distinct v.audience, 'MESSAGE', ch.message_id
                      from changed ch cross join viewers v
                    )
                    select c.id is null as outdated, j.id, j.conversation_id, j.verdict,
                      (select string_agg(concat_ws(' ', emoji, count), ' '
                        order by count desc, emoji collate "C") from counts) as counts,
                      (select string_agg(cast(v.user_id as text), ',') from viewers v
                        where v.user_id = :me or not exists (
                          select from reactions o
                          where o.message_id = j.id and o.user_id = v.user_id and o.hidden
                            and o.emojis <> '{}')
                      ) as audience
                    from locked l left join current c on true left join judged j on true
                    """)
            .bind("emojis", emojis.joined())
            .bind("most", most),
        Outcome::from);
  }
}
