package parley.message;

import java.util.List;
import java.util.UUID;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of what forwarding takes besides sending. */
public final class ForwardRepository {
  private final Sql sql;

  public ForwardRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * The content of a message that {@code me} may copy into all of these conversations.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; MESSAGE_DELETED; VALIDATION_FAILED for a system
   *     message; CONVERSATION_NOT_FOUND unless {@code me} takes part in all; BLOCKED_BY_YOU
   */
  String content(UserId me, MessageId message, List<ConversationId> conversations) {
    List<UUID> ids = conversations.stream().map(ConversationId::value).toList();
    Row row =
        sql.statement(
                """
                select v.content, v.kind, v.deleted_at, mine.conversations, mine.blocks
                from visible_messages v
                cross join (
                  select count(*) as conversations, coalesce(bool_or(
                    case :me when c.user_low then c.blocked_by_low
                      when c.user_high then c.blocked_by_high end), false) as blocks
                  from participants p join conversations c on c.id = p.conversation_id
                  where p.user_id = :me
                    and p.conversation_id = any(cast(:conversations as uuid[]))) mine
                where v.reader_id = :me and v.id = :message
                """)
            .bind("me", me.value())
            .bind("message", message.value())
            .bind("conversations", ids)
            .first(found -> found)
            .orElseThrow(MessageTargetRepository::notFound);
    if (!row.isNull("deleted_at")) {
      throw MessageTargetRepository.deleted();
    }
    if (row.string("kind").equals("SYSTEM")) {
      throw ChatException.invalid("a system message cannot be forwarded");
    }
    if (row.integer("conversations") < ids.size()) {
      throw ConversationRepository.notFound();
    }
    if (row.flag("blocks")) {
      throw ChatException.blockedByYou();
    }
    return row.string("content");
  }
}
