package parley.message;

import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationLock;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/**
 * The SQL that changes of conversations share: a change is told in the same statement that makes
 * it, by a system message with a seq of its own.
 */
public final class ChangeRepository {
  /**
   * Stores what {@code told (id, kind, last_seq, change, content)} says, one row or none: the
   * conversation with its seq counted up, the change for programs and for people. It feeds the
   * message and the conversation to {@code audience (user_id, audience)}, and leaves the message as
   * {@code m}. Binds {@code :message}, the message's id, {@code :client_id}, null for none, and
   * {@code :me}, who made the change.
   */
  public static final String TELL =
      """
      , m as (
        insert into messages
          (id, conversation_id, sender_id, seq, client_id, kind, change, content, created_at)
        select :message, t.id, :me, t.last_seq, cast(:client_id as text), 'SYSTEM', t.change,
          t.content, date_trunc('milliseconds', clock_timestamp())
        from told t
        returning *
      ), fed as (
        insert into feed (audience, type, entity)
        select distinct a.audience, 'MESSAGE', m.id from m cross join audience a
        union all
        select distinct a.audience, 'CONVERSATION', m.conversation_id
        from m cross join audience a
      )
      """;

  /** Hides the new message {@code m} from the other one of the two if they block its sender. */
  private static final String HIDE =
      """
      , hid as (
        insert into hidden_messages (user_id, message_id)
        select p.user_id, m.id
        from current c
        join m on c.hidden
        join participants p on p.conversation_id = c.id and p.user_id <> :me
        on conflict do nothing
      )
      """;

  private static final String ACTOR =
      """
      , actor as (
        select c.*, p.role as my_role, u.name as my_name
        from current c
        join participants p on p.conversation_id = c.id and p.user_id = :me
        join users u on u.id = p.user_id
      )
      """;

  private ChangeRepository() {}

  /**
   * A statement that changes a conversation: the lock, who changes it, the change, the system
   * message that tells of it.
   *
   * @param change the CTEs that make the change if {@code actor} may, up to {@code told}. {@code
   *     actor} is the conversation, with the role and the name of {@code :me}
   * @param columns what it gives besides {@code kind_changed}, the conversation's kind, {@code
   *     my_role}, and {@link Stored}; ends with a comma
   */
  public static Statement statement(
      Sql sql,
      String change,
      String columns,
      ConversationId conversation,
      MessageId message,
      UserId me) {
    String text =
        ConversationLock.OF_CONVERSATION
            + ACTOR
            + change
            + TELL
            + HIDE
            + """
            select a.id is null as outdated, a.kind as kind_changed, a.my_role,
            """
            + columns
            + "m.*, "
            + Stored.AUDIENCE
            + "from locked l left join actor a on true left join m on true";
    return sql.statement(text)
        .bind("conversation", conversation.value())
        .bind("message", message.value())
        .bind("client_id", (String) null)
        .bind("me", me.value());
  }

  /**
   * Runs such a statement.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public static <T> T run(Statement statement, Function<Row, T> mapper) {
    return ConversationLock.asOfNow(statement)
        .map(mapper)
        .orElseThrow(ConversationRepository::notFound);
  }
}
