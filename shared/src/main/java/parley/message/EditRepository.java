package parley.message;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/** The SQL that changes messages, under the locks of {@link MessageTargetRepository}. */
public final class EditRepository {
  /**
   * What everybody but the sender still sees of the message {@code e}, which is about to be
   * changed: nothing but the change, unless the other one of the two blocks {@code :me}. Then they
   * keep the version that they saw when the block began, if they saw any.
   */
  private static final String KEPT =
      """
      kept = case when c.hidden then coalesce(e.kept, case when exists (
          select from visible_messages v where v.id = e.id and v.reader_id <> :me)
        then jsonb_build_object('content', e.content, 'editedAt', e.edited_at,
          'replyTo', e.reply_to, 'forwarded', e.forwarded) end) end
      """;

  /** Tells the participants who see the changed message {@code m}. */
  private static final String TOLD =
      """
      , viewers as (
        select a.user_id, a.audience, not exists (
            select from visible_messages n
            where n.reader_id = a.user_id and n.conversation_id = v.conversation_id
              and n.seq > v.seq) as newest
        from m
        join visible_messages v on v.id = m.id
        join audience a on a.user_id = v.reader_id
      ), fed as (
        insert into feed (audience, type, entity)
        select distinct v.audience, 'MESSAGE', m.id from m cross join viewers v
      ), result as (
        select m.* from m
        union all
        select t.* from target t where not exists (select from m)
      )
      select c.id is null as outdated, j.verdict, r.*,
        (select string_agg(cast(user_id as text), ',') from viewers where newest)
          as seen_newest,
        (select string_agg(cast(user_id as text), ',') from viewers where not newest) as seen
      from locked l
      left join current c on true
      left join judged j on true
      left join result r on true
      """;

  private final Sql sql;

  public EditRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Gives a message of {@code me} another content and, if the edit has mentions, these instead of
   * those that it has. Whoever it mentions already may have left the group. What somebody has
   * edited is no copy of another message any more.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; BLOCKED_BY_YOU
   */
  Edited edit(UserId me, MessageId message, Edit edit) {
    return change(
        me,
        message,
        sql.statement(
                MessageTargetRepository.LOCK
                    + """
                    , wanted as (
                      select t.*, c.kind as conversation_kind,
                        coalesce(t.mentions, '[]') as had,
                        coalesce(to_jsonb(cast(:mentions as uuid[])), t.mentions, '[]') as mentioned
                      from target t cross join current c
                    ), judged as (
                      select w.id, w.mentioned, case
                        when w.kind = 'SYSTEM' or w.sender_id <> :me then 'NOT_YOURS'
                        when w.deleted_at is not null then 'DELETED'
                        when w.content = :content and w.mentioned @> w.had and w.mentioned <@ w.had
                          then 'UNCHANGED'
                        when w.created_at <= clock_timestamp() - interval '15 minutes'
                          then 'TOO_LATE'
                        when w.mentioned <> '[]' and w.conversation_kind <> 'GROUP'
                          then 'NO_GROUP'
                        when exists (
                          select from jsonb_array_elements_text(w.mentioned) as u (id)
                          where not w.had @> to_jsonb(u.id) and not exists (
                            select from participants p
                            where p.conversation_id = w.conversation_id
                              and p.user_id = cast(u.id as uuid))) then 'NO_MEMBER'
                        else 'CHANGED'
                      end as verdict
                      from wanted w
                    ), m as (
                      update messages e set content = :content, forwarded = false,
                        mentions = nullif(j.mentioned, '[]'),
                        edited_at = date_trunc('milliseconds', clock_timestamp()),
                    """
                    + KEPT
                    + """
                      from judged j cross join current c
                      where e.id = j.id and j.verdict = 'CHANGED'
                      returning e.*
                    )
                    """
                    + TOLD)
            .bind("content", edit.content())
            .bind("mentions", edit.mentions().map(Mentions::ids).orElse(null)));
  }

  /**
   * Takes from a message all that was written, for everyone but a person who blocks {@code me} and
   * has it already: one of {@code me}, or as an admin one of anybody in the group.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; BLOCKED_BY_YOU
   */
  Edited delete(UserId me, MessageId message) {
    return change(
        me,
        message,
        sql.statement(
            MessageTargetRepository.LOCK
                + """
                , judged as (
                  select t.id, case
                    when t.kind = 'SYSTEM' or (t.sender_id <> :me and p.role = 'MEMBER')
                      then 'NOT_YOURS'
                    when t.deleted_at is not null then 'UNCHANGED'
                    else 'CHANGED'
                  end as verdict
                  from target t
                  join participants p
                    on p.conversation_id = t.conversation_id and p.user_id = :me
                ), m as (
                  update messages e set content = '', edited_at = null, reply_to = null,
                    mentions = null, forwarded = false,
                    deleted_at = date_trunc('milliseconds', clock_timestamp()),
                """
                + KEPT
                + """
                  from judged j cross join current c
                  where e.id = j.id and j.verdict = 'CHANGED'
                  returning e.*
                )
                """
                + TOLD));
  }

  private Edited change(UserId me, MessageId message, Statement statement) {
    return MessageTargetRepository.run(sql, me, message, statement, Edited::from);
  }

  /**
   * Hides a message from {@code me}, for good. A device that never had it learns by the
   * conversation and its receipts that it was there, and that its sender has read all before it.
   * The lock of the message holds off what removes it, and finds out if that came first.
   *
   * @return its conversation, empty unless {@code me} sees the message
   */
  Optional<ConversationId> hide(UserId me, MessageId message) {
    return sql.statement(
            """
            with seen as (
              select m.id, m.conversation_id from messages m
              where m.id = :message and exists (
                select from visible_messages v where v.reader_id = :me and v.id = m.id)
              for key share of m
            ), hid as (
              insert into hidden_messages (user_id, message_id)
              select :me, id from seen
              on conflict do nothing
            ), fed as (
              insert into feed (audience, type, entity)
              select :me, 'MESSAGE', id from seen
              union all
              select :me, 'CONVERSATION', conversation_id from seen
              union all
              select :me, 'RECEIPT', c.id
              from seen join conversations c on c.id = seen.conversation_id and c.kind = 'GROUP'
            )
            select conversation_id from seen
            """)
        .bind("me", me.value())
        .bind("message", message.value())
        .first(row -> new ConversationId(row.uuid("conversation_id")));
  }
}
