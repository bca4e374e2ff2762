package parley.inbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of what participants change for themselves alone. */
public final class InboxRepository {
  /** Tells the participant's other devices; {@code kept} is their row. */
  private static final String FED =
      """
      , fed as (
        insert into feed (audience, type, entity)
        select user_id, 'CONVERSATION', conversation_id from kept
      )
      select conversation_id from kept
      """;

  private final Sql sql;

  public InboxRepository(Sql sql) {
    this.sql = sql;
  }

  /** Changes the settings; empty unless {@code me} takes part. */
  Optional<UUID> change(
      UserId me, ConversationId conversation, SettingsChange change, Instant now) {
    return sql.statement(
            """
            with kept as (
              update participants set
                muted_until = case when :changes_muted_until
                  then cast(:muted_until as timestamptz) else muted_until end,
                archived = coalesce(cast(:archived as boolean), archived),
                pinned_at = case cast(:pinned as boolean)
                  when true then coalesce(pinned_at, :now)
                  when false then null
                  else pinned_at end,
                marked_unread = coalesce(cast(:marked_unread as boolean), marked_unread)
              where conversation_id = :conversation and user_id = :me
              returning user_id, conversation_id
            )
            """
                + FED)
        .bind("changes_muted_until", change.changesMutedUntil())
        .bind("muted_until", change.mutedUntil() == null ? null : change.mutedUntil().toString())
        .bind("archived", text(change.archived()))
        .bind("pinned", text(change.pinned()))
        .bind("marked_unread", text(change.markedUnread()))
        .bind("now", now)
        .bind("conversation", conversation.value())
        .bind("me", me.value())
        .first(row -> row.uuid("conversation_id"));
  }

  /**
   * Hides all messages up to this seq, also if {@code me} leaves a group and comes back. A device
   * that never had some of them learns by the group's receipts that their senders have read all
   * before them.
   *
   * @return the conversation; empty unless {@code me} takes part
   */
  Optional<UUID> clear(UserId me, ConversationId conversation, long seq) {
    return sql.statement(
            """
            with kept as (
              update participants set visible_from_seq = greatest(visible_from_seq, :seq)
              where conversation_id = :conversation and user_id = :me
              returning user_id, conversation_id, visible_from_seq
            ), remembered as (
              insert into cleared_histories (conversation_id, user_id, seq)
              select conversation_id, user_id, visible_from_seq from kept
              on conflict (conversation_id, user_id)
                do update set seq = greatest(cleared_histories.seq, excluded.seq)
            ), receipts_fed as (
              insert into feed (audience, type, entity)
              select k.user_id, 'RECEIPT', c.id
              from kept k join conversations c on c.id = k.conversation_id and c.kind = 'GROUP'
            )
            """
                + FED)
        .bind("seq", seq)
        .bind("conversation", conversation.value())
        .bind("me", me.value())
        .first(row -> row.uuid("conversation_id"));
  }

  private static @Nullable String text(Optional<Boolean> flag) {
    return flag.map(String::valueOf).orElse(null);
  }
}
