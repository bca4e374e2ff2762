package parley.conversation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/**
 * The SQL that puts all that happens in a conversation into one order: a statement that changes one
 * begins with {@link #OF_CONVERSATION} or {@link #OF_MESSAGE} and is run by {@link #asOfNow}.
 */
public final class ConversationLock {
  /**
   * Lets one statement at a time go on with the conversation {@code c}, before it locks its row.
   * Who waits for a row that others update gets the transaction's id while it waits, and may get
   * the row after somebody with a later id; an advisory lock is waited for without an id. So the
   * order of ids is that of the messages, as the feed has it.
   */
  public static final String TURN =
      " pg_advisory_xact_lock(hashtextextended(cast(c.id as text), 0)) as taken ";

  /**
   * The beginning of a statement that changes a conversation in which {@code :me} takes part, or
   * speaks in it; of a conversation of two not if they block the other one. {@code turn} waits for
   * those who came before: the lock of a row may give a transaction its id before it has waited for
   * its turn, an advisory lock does not, and by these ids the feed is ordered. {@code locked} is
   * the conversation under its lock, which orders all that happens in it. {@code current} is the
   * same, but empty if the members are others by now than this statement sees, which began before
   * it got the lock; then it must change nothing and tell so in its column {@code outdated}, for
   * {@link #asOfNow}. Its column {@code hidden} tells that the other one blocks {@code :me}, and
   * {@code my_disappearing_seconds} after how long messages of {@code :me} disappear. {@code
   * audience} are the participants who are to learn of it, each with where their feed is.
   */
  public static final String OF_CONVERSATION = lock(":conversation");

  /** The same for the conversation of a message, {@code :message}. */
  public static final String OF_MESSAGE =
      lock("(select conversation_id from messages where id = :message)");

  /** So many changes of the members would have to come in between, one after the other. */
  private static final int MAX_RUNS = 20;

  private ConversationLock() {}

  private static String lock(String conversation) {
    return """
      with turn as materialized (
        select c.id, %2$s
        from conversations c
        where c.id = %1$s
          and exists (
            select from participants p where p.conversation_id = c.id and p.user_id = :me)
      ), locked as (
        select c.* from turn join conversations c on c.id = turn.id
        where not %4$s
        for no key update of c
      ), current as (
        select l.*, coalesce(
            case :me when l.user_low then l.blocked_by_high
              when l.user_high then l.blocked_by_low end, false) as hidden,
          %3$s as my_disappearing_seconds
        from locked l
        join conversations seen
          on seen.id = l.id and seen.membership_version = l.membership_version
      ), audience as (
        select p.user_id, p.audience
        from current c join participants p on p.conversation_id = c.id
        where p.user_id = :me or not c.hidden
      )
      """
        .formatted(
            conversation,
            TURN,
            ConversationSql.disappearingSeconds("l", ":me"),
            ConversationSql.blocksOther("c", ":me"));
  }

  /**
   * Runs a statement that begins with {@link #OF_CONVERSATION}, again if it saw other members than
   * there were when it had the lock.
   *
   * @return its first row; empty if the conversation is not there for {@code :me}
   */
  public static Optional<Row> asOfNow(Statement statement) {
    return rowsAsOfNow(statement).stream().findFirst();
  }

  /** Runs a statement again as long as one of its rows is {@code outdated}. */
  public static List<Row> rowsAsOfNow(Statement statement) {
    for (int run = 0; run < MAX_RUNS; run++) {
      List<Row> rows = statement.list(Function.identity());
      if (rows.stream().noneMatch(row -> row.flag("outdated"))) {
        return rows;
      }
    }
    throw new ChatException(
        ErrorCode.SERVICE_UNAVAILABLE, "the members of this conversation change, try again soon");
  }

  /**
   * Why a statement that begins with {@link #OF_CONVERSATION} found nothing. Who is in a group by
   * now was not when that statement began.
   *
   * @return BLOCKED_BY_YOU to one of the two of a direct conversation, CONVERSATION_NOT_FOUND to
   *     anybody else
   */
  public static ChatException refusal(Sql sql, UserId me, ConversationId conversation) {
    return sql.statement(
            """
            select p.user_id from participants p
            join conversations c on c.id = p.conversation_id and c.kind = 'DIRECT'
            where p.conversation_id = :conversation and p.user_id = :me
            """)
        .bind("conversation", conversation.value())
        .bind("me", me.value())
        .first(row -> ChatException.blockedByYou())
        .orElseGet(ConversationRepository::notFound);
  }
}
