package parley.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of conversations and their participants. */
public final class ConversationRepository {
  /**
   * So many conversations, each with the longest message and the longest profile, all in characters
   * that JSON writes in six, stay under the Data API's 1 MiB.
   */
  private static final int PAGE = 35;

  /**
   * What somebody wrote themselves is not unread for them, and what they do not see (any more)
   * neither: the first message after the last one read that counts is looked for. What a blocked
   * person opened, and nobody who reads it has said anything in, is not shown.
   */
  private static final String VIEW =
      """
      select c.id, c.kind, c.title, c.picture, c.history, c.member_count, c.last_seq,
        c.disappearing_seconds, c.created_at,
        p.role, p.muted_until, p.archived, p.pinned_at, p.marked_unread,
        p.visible_from_seq,
        coalesce(unread.seq - 1, c.last_seq) as last_read_seq,
        m.content as last_message, m.created_at as last_message_at,
        theirs.delivered_seq as other_delivered_seq, theirs.read_seq as other_read_seq,
      """
          + Profile.columns("u", "other_")
          + """
      from participants p
      join conversations c on c.id = p.conversation_id
      left join users u
        on u.id = case when c.user_low = p.user_id then c.user_high else c.user_low end
      left join visible_receipts theirs
        on theirs.conversation_id = p.conversation_id and theirs.viewer_id = p.user_id
          and theirs.user_id = u.id
      left join lateral (
        select v.content, v.created_at from visible_messages v
        where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
        order by v.seq desc
        limit 1) m on true
      left join lateral (
        select v.seq from visible_messages v
        where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
          and v.seq > p.last_read_seq and v.sender_id <> p.user_id
        order by v.seq
        limit 1) unread on true
      where p.user_id = :me
        and (m.created_at is not null or p.visible_from_seq > 0
          or not case when c.user_low = p.user_id then c.blocked_by_low else c.blocked_by_high end)
      """;

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
   * {@link #asOfNow}. Its column {@code hidden} tells that the other one blocks {@code :me}. {@code
   * audience} are the participants who are to learn of it, each with where their feed is.
   */
  public static final String LOCK = lock(":conversation");

  /** The same for the conversation of a message, {@code :message}. */
  public static final String LOCK_OF_MESSAGE =
      lock("(select conversation_id from messages where id = :message)");

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
        where not coalesce(
            case :me when c.user_low then c.blocked_by_low
              when c.user_high then c.blocked_by_high end, false)
        for no key update of c
      ), current as (
        select l.*, coalesce(
            case :me when l.user_low then l.blocked_by_high
              when l.user_high then l.blocked_by_low end, false) as hidden
        from locked l
        join conversations seen
          on seen.id = l.id and seen.membership_version = l.membership_version
      ), audience as (
        select p.user_id, p.audience
        from current c join participants p on p.conversation_id = c.id
        where p.user_id = :me or not c.hidden
      )
      """
        .formatted(conversation, TURN);
  }

  /** In conversations with more members the receipts of each are neither shown nor told. */
  public static final int MAX_SHOWN = 50;

  /** So many changes of the members would have to come in between, one after the other. */
  private static final int MAX_RUNS = 20;

  private final Sql sql;

  public ConversationRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Makes the conversation of two friends, or finds it. Its row may be there before, without
   * participants, to carry a block.
   *
   * @return its id, empty if the two are not friends or {@code me} blocks the other
   */
  Optional<ConversationId> createOrGet(ConversationId id, UserId me, UserId other, Instant now) {
    // The update, also where it changes nothing, gives a concurrent creation's row to "returning".
    return sql.statement(
            """
            with conversation as (
              insert into conversations (id, user_low, user_high, created_at)
              select :id, least(:me, :other), greatest(:me, :other), :now
              from friendships f
              where least(f.sender_id, f.receiver_id) = least(:me, :other)
                and greatest(f.sender_id, f.receiver_id) = greatest(:me, :other)
                and f.status = 'ACCEPTED'
                and not exists (
                  select from blocks b where b.blocker_id = :me and b.blocked_id = :other)
              on conflict (user_low, user_high) do update set created_at = case
                when exists (
                  select from participants p where p.conversation_id = conversations.id)
                then conversations.created_at else excluded.created_at end
              returning id, user_low, user_high
            ), seated as (
              insert into participants (conversation_id, user_id)
              select id, user_low from conversation
              union all
              select id, user_high from conversation
              on conflict (conversation_id, user_id) do nothing
              returning conversation_id, audience
            ), fed as (
              insert into feed (audience, type, entity)
              select distinct audience, 'CONVERSATION', conversation_id from seated
            )
            select id from conversation
            """)
        .bind("id", id.value())
        .bind("me", me.value())
        .bind("other", other.value())
        .bind("now", now)
        .first(row -> new ConversationId(row.uuid("id")));
  }

  /** Whether {@code me} blocks the other. */
  boolean blocks(UserId me, UserId other) {
    return sql.statement(
            "select blocked_id from blocks where blocker_id = :me and blocked_id = :other")
        .bind("me", me.value())
        .bind("other", other.value())
        .first(row -> row.uuid("blocked_id"))
        .isPresent();
  }

  /** A conversation as this user sees it, empty unless they take part. */
  public Optional<Conversation> find(UserId me, ConversationId id) {
    return sql.statement(VIEW + "and p.conversation_id = :id")
        .bind("me", me.value())
        .bind("id", id.value())
        .first(Conversation::from);
  }

  /**
   * A conversation as this user sees it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Conversation get(UserId me, ConversationId id) {
    return find(me, id).orElseThrow(ConversationRepository::notFound);
  }

  /** Those of these conversations that this user takes part in, in any order. */
  public List<Conversation> byIds(UserId me, Collection<UUID> ids) {
    List<UUID> all = List.copyOf(ids);
    List<Conversation> found = new ArrayList<>();
    for (int start = 0; start < all.size(); start += PAGE) {
      found.addAll(
          sql.statement(VIEW + "and p.conversation_id = any(cast(:ids as uuid[]))")
              .bind("me", me.value())
              .bind("ids", all.subList(start, Math.min(start + PAGE, all.size())))
              .list(Conversation::from));
    }
    return found;
  }

  /** This user's conversations, the newest activity first. */
  List<Conversation> list(UserId me) {
    return Pages.all(PAGE, after -> page(me, after));
  }

  private List<Conversation> page(UserId me, Optional<Conversation> after) {
    return sql.statement(
            VIEW
                + """
                and (cast(:after_id as uuid) is null
                  or (coalesce(m.created_at, c.created_at), c.id)
                    < (cast(:after_time as timestamptz), cast(:after_id as uuid)))
                order by coalesce(m.created_at, c.created_at) desc, c.id desc
                limit :page
                """)
        .bind("me", me.value())
        .bind("after_id", after.map(last -> last.id().value()).orElse(null))
        .bind("after_time", after.map(Conversation::lastActivityAt).orElse(Instant.EPOCH))
        .bind("page", PAGE)
        .list(Conversation::from);
  }

  /**
   * Checks that a user takes part in a conversation.
   *
   * @return how many take part in it
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public long requireParticipant(ConversationId id, UserId user) {
    return sql.statement(
            """
            select coalesce(c.member_count, 2) as participants
            from participants p
            join conversations c on c.id = p.conversation_id
            where p.conversation_id = :conversation and p.user_id = :user
            """)
        .bind("conversation", id.value())
        .bind("user", user.value())
        .first(row -> row.integer("participants"))
        .orElseThrow(ConversationRepository::notFound);
  }

  /**
   * Runs a statement that begins with {@link #LOCK}, again if it saw other members than there were
   * when it had the lock.
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
   * Why a statement that begins with {@link #LOCK} found nothing. Who is in a group by now was not
   * when that statement began.
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

  /** What everyone is told of a conversation that is not there or not theirs. */
  public static ChatException notFound() {
    return new ChatException(ErrorCode.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }
}
