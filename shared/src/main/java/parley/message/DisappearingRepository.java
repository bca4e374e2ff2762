package parley.message;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.conversation.ConversationKind;
import parley.conversation.ConversationLock;
import parley.conversation.Role;
import parley.platform.ChatException;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of messages that disappear, besides that of sending them. */
public final class DisappearingRepository {
  /**
   * Tells of {@code timed (id, kind, last_seq, disappearing_seconds, my_name)}, a conversation in
   * which messages disappear after another time from now on, one row or none, as {@code told}.
   */
  public static final String TOLD =
      """
      , told as (
        select t.id, t.kind, t.last_seq,
          jsonb_build_object('type', 'DISAPPEARING_CHANGED',
            'seconds', t.disappearing_seconds) as change,
          isolated(t.my_name) || case
            when t.disappearing_seconds is null then ' let messages stay'
            else ' let messages disappear after '
              || trim_scale(round(t.disappearing_seconds / 3600.0, 1)) || ' hours'
          end as content
        from timed t
      )
      """;

  /** A statement that removes so many takes a second or so. */
  private static final int BATCH = 10_000;

  private final Sql sql;

  public DisappearingRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Sets after how many seconds messages disappear that are sent from now on, empty for never. What
   * a blocked person sets holds for their own messages alone, and ends with the block.
   *
   * @return the message that tells of it, empty if it was so already
   * @throws ChatException ROLE_REQUIRED for a member of a group who is no admin; of two who talk to
   *     each other both may. CONVERSATION_NOT_FOUND; BLOCKED_BY_YOU
   */
  Optional<Stored> set(
      ConversationId conversation, MessageId message, UserId me, Optional<Long> seconds) {
    return ConversationLock.asOfNow(
            ChangeRepository.statement(
                    sql,
                    """
                    , wanted as (
                      select a.*, cast(:seconds as integer) as seconds from actor a
                    ), timed as (
                      update conversations c set last_seq = c.last_seq + 1,
                        disappearing_seconds = case when w.hidden
                          then c.disappearing_seconds else w.seconds end,
                        own_disappearing_low = case when w.hidden and c.user_low = :me
                          then coalesce(w.seconds, 0) else c.own_disappearing_low end,
                        own_disappearing_high = case when w.hidden and c.user_high = :me
                          then coalesce(w.seconds, 0) else c.own_disappearing_high end
                      from wanted w
                      where c.id = w.id and (w.kind = 'DIRECT' or w.my_role <> 'MEMBER')
                        and w.my_disappearing_seconds is distinct from w.seconds
                      returning c.id, c.kind, c.last_seq, w.seconds as disappearing_seconds,
                        w.my_name
                    )
                    """
                        + TOLD,
                    "",
                    conversation,
                    message,
                    me)
                .bind("seconds", seconds.map(String::valueOf).orElse(null)))
        .map(DisappearingRepository::told)
        .orElseThrow(() -> ConversationLock.refusal(sql, me, conversation));
  }

  private static Optional<Stored> told(Row row) {
    if (!row.string("kind_changed").equals(ConversationKind.DIRECT.name())) {
      Role.valueOf(row.string("my_role")).requireAdmin();
    }
    return row.joined("id", Stored::from);
  }

  /**
   * Removes for good what has disappeared, all of it. Nobody sees it already, and each send removes
   * what has disappeared in its conversation, so that this is for conversations that are silent.
   * What a send removes at the same time is left to it.
   *
   * @return how many messages were removed
   */
  long remove() {
    long removed = 0;
    long batch = BATCH;
    while (batch == BATCH) {
      batch =
          sql.statement(
                  """
                  with disappeared as (
                    delete from messages where id in (
                      select id from messages where expires_at <= now()
                      limit :batch
                      for update skip locked)
                    returning conversation_id
                  )
                  select count(*) as removed, tell_of_removed(array_agg(distinct conversation_id))
                  from disappeared
                  """)
              .bind("batch", BATCH)
              .first(row -> row.integer("removed"))
              .orElse(0L);
      removed += batch;
    }
    return removed;
  }
}
