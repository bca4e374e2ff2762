package parley.message;

import java.util.function.Function;
import parley.conversation.ConversationLock;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/**
 * The SQL that statements share which do something with one message. They take the lock of the
 * conversation, which orders changes, sends and who comes and goes, and then that of the message:
 * so they judge the message as the change before them left it, though they began earlier.
 */
public final class MessageTargetRepository {
  /**
   * The beginning: {@code target} is the message {@code :message} under the locks, if {@code :me}
   * takes part and sees it, besides what {@link ConversationLock#OF_CONVERSATION} gives.
   */
  public static final String LOCK =
      ConversationLock.OF_MESSAGE
          + """
          , target as (
            select m.*
            from current c
            join messages m on m.conversation_id = c.id and m.id = :message
            where exists (
              select from visible_messages v where v.reader_id = :me and v.id = m.id)
            for no key update of m
          )
          """;

  private MessageTargetRepository() {}

  /**
   * Runs a statement that begins with {@link #LOCK}, and binds {@code :message} and {@code :me}.
   * Its row has the column {@code outdated} and in {@code id} the target's id.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; BLOCKED_BY_YOU
   */
  public static <T> T run(
      Sql sql, UserId me, MessageId message, Statement statement, Function<Row, T> mapper) {
    return ConversationLock.asOfNow(
            statement.bind("message", message.value()).bind("me", me.value()))
        .map(row -> row.joined("id", mapper))
        .orElseThrow(() -> refusal(sql, me, message))
        .orElseThrow(MessageTargetRepository::notFound);
  }

  /**
   * Why the conversation of a message could not be locked. Who sees it in a group by now did not
   * when that was tried.
   */
  private static ChatException refusal(Sql sql, UserId me, MessageId message) {
    return sql.statement(
            """
            select v.id from visible_messages v
            join conversations c on c.id = v.conversation_id and c.kind = 'DIRECT'
            where v.reader_id = :me and v.id = :message
            """)
        .bind("me", me.value())
        .bind("message", message.value())
        .first(row -> ChatException.blockedByYou())
        .orElseGet(MessageTargetRepository::notFound);
  }

  /** What everyone is told of a message that is not there or that they do not see. */
  public static ChatException notFound() {
    return new ChatException(ErrorCode.MESSAGE_NOT_FOUND, "there is no such message");
  }

  /** What is told to who wants something of a message that was deleted for everyone. */
  public static ChatException deleted() {
    return new ChatException(ErrorCode.MESSAGE_DELETED, "this message was deleted");
  }
}
