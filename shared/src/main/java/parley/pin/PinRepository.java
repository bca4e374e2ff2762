package parley.pin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.MessageTargetRepository;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of pinned messages. */
public final class PinRepository {
  /** Who keeps the pins that {@code :me} changes: the group, or each of two who learns of it. */
  private static final String KEEPERS =
      MessageTargetRepository.LOCK
          + """
          , keepers as (
            select distinct case c.kind when 'GROUP' then c.id else a.user_id end as keeper
            from current c cross join audience a
          ), judged as (
            select t.id, t.conversation_id, case
              when c.kind = 'GROUP' and p.role = 'MEMBER' then 'NO_ADMIN'
              when t.kind = 'SYSTEM' then 'SYSTEM'
              when t.deleted_at is not null then 'DELETED'
              when :pinned and other_pins(c.id, case c.kind when 'GROUP' then c.id else :me end, t.id)
                >= :most then 'TOO_MANY'
              else 'TAKEN'
            end as verdict
            from target t
            join current c on c.id = t.conversation_id
            join participants p on p.conversation_id = c.id and p.user_id = :me
          )
          """;

  private static final String PIN =
      """
      , changed as (
        insert into pins (conversation_id, keeper, message_id, pinned_by, pinned_at)
        select j.conversation_id, k.keeper, j.id, :me, date_trunc('milliseconds', clock_timestamp())
        from judged j cross join keepers k
        where j.verdict = 'TAKEN'
        on conflict do nothing
        returning message_id
      )
      """;

  private static final String UNPIN =
      """
      , changed as (
        delete from pins p
        using judged j cross join keepers k
        where j.verdict = 'TAKEN' and p.conversation_id = j.conversation_id
          and p.keeper = k.keeper and p.message_id = j.id
        returning p.message_id
      )
      """;

  private static final String TOLD =
      """
      , viewers as (
        select a.user_id, a.audience
        from (select distinct message_id from changed) ch
        join visible_messages v on v.id = ch.message_id
        join audience a on a.user_id = v.reader_id
      ), fed as (
        insert into feed (audience, type, entity)
        select distinct v.audience, 'PIN', j.id from judged j cross join viewers v
      )
      select c.id is null as outdated, j.id, j.conversation_id, j.verdict,
        (select string_agg(cast(user_id as text), ',') from viewers) as audience
      from locked l left join current c on true left join judged j on true
      """;

  /** As many as a conversation has; so many of the longest messages stay under 1 MiB. */
  private static final Listing LISTING = new Listing("pins", 30);

  /** The pins that {@code :me} sees. */
  private static final String SEEN =
      """
      from participants mine
      join pins p on p.conversation_id = mine.conversation_id
        and p.keeper in (mine.conversation_id, mine.user_id)
      join visible_messages m on m.reader_id = mine.user_id and m.id = p.message_id
        and m.deleted_at is null
      """;

  private final Sql sql;

  public PinRepository(Sql sql) {
    this.sql = sql;
  }

  /** Why a pin is changed or not; named by the SQL. */
  enum Verdict {
    TAKEN,
    NO_ADMIN,
    SYSTEM,
    DELETED,
    TOO_MANY
  }

  /**
   * What became of a change.
   *
   * @param audience who is to be told of it; nobody if it was so already
   */
  record Outcome(Verdict verdict, ConversationId conversation, Set<UserId> audience) {
    private static Outcome from(Row row) {
      return new Outcome(
          Verdict.valueOf(row.string("verdict")),
          new ConversationId(row.uuid("conversation_id")),
          UserId.set(row, "audience"));
    }
  }

  /**
   * Pins a message, or takes that back.
   *
   * @param most how many pins a conversation has
   * @throws parley.platform.ChatException MESSAGE_NOT_FOUND; BLOCKED_BY_YOU
   */
  Outcome change(UserId me, MessageId message, boolean pinned, int most) {
    return MessageTargetRepository.run(
        sql,
        me,
        message,
        sql.statement(KEEPERS + (pinned ? PIN : UNPIN) + TOLD)
            .bind("pinned", pinned)
            .bind("most", most),
        Outcome::from);
  }

  /**
   * A conversation's pinned messages, the newest pin first. Somebody may have more than one may
   * pin: who pinned for themselves alone while they were blocked, or if the other of two pins more
   * who does not see all of it any more.
   *
   * @throws parley.platform.ChatException CONVERSATION_NOT_FOUND
   */
  Page<PinnedMessage> list(UserId me, ConversationId conversation, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Optional<PinnedMessage>> rows =
        sql.statement(
                """
                select pinned.* from participants present
                left join (
                  select m.*, p.pinned_by, p.pinned_at,
                """
                    + Message.READ
                    + SEEN
                    + Message.WRITER
                    + """
                      where mine.conversation_id = :conversation and mine.user_id = :me
                        and (cast(:after as uuid) is null
                          or (p.pinned_at, p.message_id) < (:after_time, cast(:after as uuid)))
                      order by p.pinned_at desc, p.message_id desc
                      limit :rows
                    ) pinned on true
                    where present.conversation_id = :conversation and present.user_id = :me
                    order by pinned.pinned_at desc, pinned.id desc
                    """)
            .bind("conversation", conversation.value())
            .bind("me", me.value())
            .bind("after_time", start.time(0))
            .bind("after", start.id(1))
            .bind("rows", start.rows())
            .list(row -> row.joined("id", PinnedMessage::from));
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    return start.page(
        rows.stream().flatMap(Optional::stream).toList(),
        Function.identity(),
        last -> List.of(last.pinnedAt(), last.message().id().value()));
  }

  /** The pins of those of these messages that are pinned and that this user sees. */
  public List<Pin> byIds(UserId me, Collection<UUID> ids) {
    return sql.statement(
            "select p.*, m.seq, m.expires_at "
                + SEEN
                + "where mine.user_id = :me and m.id = any(cast(:ids as uuid[]))")
        .bind("me", me.value())
        .bind("ids", ids)
        .list(Pin::from);
  }
}
