package parley.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of conversations and their participants. */
public final class ConversationRepository {
  /**
   * So many conversations, each with the longest message and the longest profile, all in characters
   * that JSON writes in six, stay under the Data API's 1 MiB.
   */
  private static final int PAGE = 35;

  private static final String VIEW =
      """
      select c.id, c.last_seq, c.created_at, p.last_read_seq,
        m.content as last_message, m.created_at as last_message_at,
        u.id as other_id, u.name as other_name, u.profile_image as other_profile_image,
        u.about_me as other_about_me
      from participants p
      join conversations c on c.id = p.conversation_id
      join users u on u.id = case when c.user_low = p.user_id then c.user_high else c.user_low end
      left join messages m on m.conversation_id = c.id and m.seq = c.last_seq
      where p.user_id = :me
      """;

  private final Sql sql;

  public ConversationRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Makes the conversation of two friends, or finds it.
   *
   * @return its id, empty if the two are not friends
   */
  Optional<ConversationId> createOrGet(ConversationId id, UserId me, UserId other, Instant now) {
    // The update that changes nothing makes a concurrent creation's row visible to "returning".
    return sql.statement(
            """
            with conversation as (
              insert into conversations (id, user_low, user_high, created_at)
              select :id, least(:me, :other), greatest(:me, :other), :now
              from friendships f
              where least(f.sender_id, f.receiver_id) = least(:me, :other)
                and greatest(f.sender_id, f.receiver_id) = greatest(:me, :other)
                and f.status = 'ACCEPTED'
              on conflict (user_low, user_high) do update set user_low = excluded.user_low
              returning id, user_low, user_high
            ), seated as (
              insert into participants (conversation_id, user_id)
              select id, user_low from conversation
              union all
              select id, user_high from conversation
              on conflict do nothing
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

  Optional<Conversation> find(UserId me, ConversationId id) {
    return sql.statement(VIEW + "and p.conversation_id = :id")
        .bind("me", me.value())
        .bind("id", id.value())
        .first(ConversationRepository::conversation);
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
              .list(ConversationRepository::conversation));
    }
    return found;
  }

  /** This user's conversations, the newest activity first. */
  List<Conversation> list(UserId me) {
    List<Conversation> all = new ArrayList<>();
    List<Conversation> page = page(me, null);
    all.addAll(page);
    while (page.size() == PAGE) {
      page = page(me, page.getLast());
      all.addAll(page);
    }
    return all;
  }

  private List<Conversation> page(UserId me, @Nullable Conversation after) {
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
        .bind("after_id", after == null ? null : after.id().value())
        .bind("after_time", after == null ? Instant.EPOCH : after.lastActivityAt())
        .bind("page", PAGE)
        .list(ConversationRepository::conversation);
  }

  /**
   * Checks that a user takes part in a conversation.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public void requireParticipant(ConversationId id, UserId user) {
    boolean participates =
        sql.statement(
                """
            select user_id from participants
            where conversation_id = :conversation and user_id = :user
            """)
            .bind("conversation", id.value())
            .bind("user", user.value())
            .first(row -> row.uuid("user_id"))
            .isPresent();
    if (!participates) {
      throw notFound();
    }
  }

  /** What everyone is told of a conversation that is not there or not theirs. */
  public static ChatException notFound() {
    return new ChatException(ErrorCode.CONVERSATION_NOT_FOUND, "there is no such conversation");
  }

  private static Conversation conversation(Row row) {
    return new Conversation(
        new ConversationId(row.uuid("id")),
        Profile.from(row, "other_"),
        row.optionalString("last_message").orElse(null),
        row.isNull("last_message_at") ? null : row.instant("last_message_at"),
        row.integer("last_seq"),
        row.integer("last_read_seq"),
        row.instant("created_at"));
  }
}
