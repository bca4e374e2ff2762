package parley.conversation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of conversations and their participants. */
public final class ConversationRepository {
  /**
   * So many conversations, each with the longest profile, title, picture and preview, all in
   * characters that JSON writes in six, stay under the Data API's 1 MiB.
   */
  private static final int PAGE = 100;

  private static final Listing LISTING = new Listing("conversations", PAGE);

  private static final String COLUMNS =
      """
      c.id, c.kind, c.title, c.picture, c.history, c.member_count, shown.last_seq,
      """
          + ConversationSql.disappearingSeconds("c", "p.user_id")
          + """
        as disappearing_seconds, c.created_at,
        p.role, p.muted_until, p.archived, p.pinned_at, p.marked_unread,
        p.visible_from_seq, p.joined_seq,
        coalesce(unread.seq - 1, shown.last_seq) as last_read_seq,
        left(m.content, %d) as last_message, m.created_at as last_message_at,
        theirs.delivered_seq as other_delivered_seq, theirs.read_seq as other_read_seq,
      """
              .formatted(ConversationSummary.PREVIEW)
          + Profile.columns("u", "other_");

  /**
   * What a conversation {@code c} is for its participant {@code p}. Only what somebody else wrote,
   * and they see, is unread for them, and no system message: what is unread begins at the first
   * such message after their receipt.
   *
   * <p>The other user's receipts are one row at most. The limit says so to Postgres, which then
   * plans that view, of seven tables, by itself. Planning all joins at once took four times as
   * long.
   */
  private static final String JOINS =
      """
      join conversations c on c.id = p.conversation_id
      cross join lateral (select
      """
          + ConversationSql.lastSeq("c", "p")
          + """
        as last_seq) shown
      left join users u
        on u.id = case when c.user_low = p.user_id then c.user_high else c.user_low end
      left join lateral (
        select r.delivered_seq, r.read_seq from visible_receipts r
        where r.conversation_id = p.conversation_id and r.viewer_id = p.user_id
          and r.user_id = u.id
        limit 1) theirs on true
      left join lateral (
        select v.content, v.created_at from visible_messages v
        where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
          and v.seq <= shown.last_seq
        order by v.seq desc
        limit 1) m on true
      left join lateral (
        select v.seq from visible_messages v
        where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
          and v.seq > p.last_read_seq and v.seq <= shown.last_seq and v.sender_id <> p.user_id
          and v.kind = 'TEXT'
        order by v.seq
        limit 1) unread on true
      """;

  /**
   * Whether the participant {@code p} is shown the conversation {@code c}, of which {@code m} is
   * the newest message that they see: not if somebody whom they block opened it and nobody wrote
   * anything in it that they see.
   */
  private static final String SHOWN =
      """
       (m.created_at is not null or p.visible_from_seq > 0 or not
      """
          + ConversationSql.blocksOther("c", "p.user_id")
          + ")";

  private static final String SEEN = " from participants p " + JOINS + " where " + SHOWN;

  private static final String VIEW = "select " + COLUMNS + SEEN + "and p.user_id = :me ";

  /**
   * A page of a user's conversations. Their order is that of the moment at which the first page was
   * read, so that one that comes to the top between two pages is on exactly one of them.
   */
  private static final String PAGE_OF_LIST =
      """
      with moment as (
        select coalesce(cast(:as_of as timestamptz), date_trunc('milliseconds', clock_timestamp()))
          as as_of
      ), listed as (
        select moment.as_of, p.conversation_id, coalesce(m.created_at, c.created_at) as active_at
        from moment
        join participants p on p.user_id = :me
        join conversations c on c.id = p.conversation_id
        left join lateral (
          select v.created_at from visible_messages v
          where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
            and v.created_at <= moment.as_of
          order by v.seq desc
          limit 1) m on true
        where %1$s
          and (cast(:after as uuid) is null
            or (coalesce(m.created_at, c.created_at), c.id) < (:after_time, cast(:after as uuid)))
        order by active_at desc, p.conversation_id desc
        limit :rows
      )
      select listed.as_of, listed.active_at, %2$s
      from listed
      join participants p on p.conversation_id = listed.conversation_id and p.user_id = :me
      %3$s
      order by listed.active_at desc, c.id desc
      """
          .formatted(SHOWN, COLUMNS, JOINS);

  /** In conversations with more members the receipts of each are neither shown nor told. */
  public static final int MAX_SHOWN = 50;

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

  /** A conversation as those of these users see it who take part, by what they see. */
  public Map<Conversation, Set<UserId>> seenBy(Collection<UserId> readers, ConversationId id) {
    return Pages.byIds(
            readers.stream().map(UserId::value).toList(),
            PAGE,
            some ->
                sql.statement(
                        "select p.user_id as reader_id, "
                            + COLUMNS
                            + SEEN
                            + "and p.conversation_id = :id"
                            + " and p.user_id = any(cast(:readers as uuid[]))")
                    .bind("id", id.value())
                    .bind("readers", some)
                    .list(
                        row ->
                            Map.entry(Conversation.from(row), new UserId(row.uuid("reader_id")))))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toSet())));
  }

  /** Those of these conversations that this user takes part in, in any order. */
  public List<Conversation> byIds(UserId me, Collection<UUID> ids) {
    return Pages.byIds(
        ids,
        PAGE,
        some ->
            sql.statement(VIEW + "and p.conversation_id = any(cast(:ids as uuid[]))")
                .bind("me", me.value())
                .bind("ids", some)
                .list(Conversation::from));
  }

  /** This user's conversations, the newest activity first. */
  Page<Conversation> list(UserId me, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Row> found =
        sql.statement(PAGE_OF_LIST)
            .bind("me", me.value())
            .bind("as_of", start.isFirst() ? null : start.time(0).toString())
            .bind("after_time", start.time(1))
            .bind("after", start.id(2))
            .bind("rows", start.rows())
            .list(Function.identity());
    return start.page(
        found,
        Conversation::from,
        row -> List.of(row.instant("as_of"), row.instant("active_at"), row.uuid("id")));
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

  /** What everyone is told of a conversation that is not there or not theirs. */
  public static ChatException notFound() {
    return new ChatException(ErrorCode.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }
}
