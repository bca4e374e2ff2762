package parley.friend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.friend.FriendRequest.Status;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of friendships. */
public final class FriendRepository {
  /** The request {@code f} with both people, as {@link #request} reads it. */
  private static final String REQUEST_COLUMNS =
      """
        f.id, f.sender_id, f.receiver_id, f.status, f.created_at,
        s.name as sender_name, s.profile_image as sender_profile_image,
        s.about_me as sender_about_me,
        r.name as receiver_name, r.profile_image as receiver_profile_image,
        r.about_me as receiver_about_me
      """;

  private static final String PEOPLE =
      """
      join users s on s.id = f.sender_id
      join users r on r.id = f.receiver_id
      """;

  private static final String FRIENDS =
      """
      select u.id, u.name, u.profile_image, u.about_me
      from friendships f
      join users u
        on u.id = case when f.sender_id = :me then f.receiver_id else f.sender_id end
      where f.status = 'ACCEPTED' and (f.sender_id = :me or f.receiver_id = :me)
      """;

  private final Sql sql;

  public FriendRepository(Sql sql) {
    this.sql = sql;
  }

  /** How two people stand to each other. */
  record Standing(boolean otherExists, Optional<Status> status) {}

  /**
   * Stores a request unless the two have one that waits or are friends; a rejected one is replaced.
   *
   * @return the request, empty if nothing was stored
   */
  Optional<FriendRequest> request(FriendRequestId id, UserId sender, UserId receiver, Instant now) {
    return sql.statement(
            """
            with f as (
              insert into friendships (id, sender_id, receiver_id, status, created_at)
              select :id, :sender, u.id, 'PENDING', :now from users u where u.id = :receiver
              on conflict (least(sender_id, receiver_id), greatest(sender_id, receiver_id))
              do update set id = excluded.id, sender_id = excluded.sender_id,
                receiver_id = excluded.receiver_id, status = 'PENDING',
                created_at = excluded.created_at, answered_at = null
              where friendships.status = 'REJECTED'
              returning *
            ), fed as (
              insert into feed (audience, type, entity)
              select sender_id, 'FRIEND_REQUEST', id from f
              union all
              select receiver_id, 'FRIEND_REQUEST', id from f
            )
            select
            """
                + REQUEST_COLUMNS
                + " from f "
                + PEOPLE)
        .bind("id", id.value())
        .bind("sender", sender.value())
        .bind("receiver", receiver.value())
        .bind("now", now)
        .first(FriendRepository::request);
  }

  Standing standing(UserId me, UserId other) {
    return sql.statement(
            """
            select exists (select from users where id = :other) as other_exists,
              (select status from friendships
               where least(sender_id, receiver_id) = least(:me, :other)
                 and greatest(sender_id, receiver_id) = greatest(:me, :other)) as status
            """)
        .bind("me", me.value())
        .bind("other", other.value())
        .first(
            row ->
                new Standing(
                    row.flag("other_exists"), row.optionalString("status").map(Status::valueOf)))
        .orElseThrow();
  }

  /** Answers a request that waits for this receiver; empty if there is none. */
  Optional<FriendRequest> answer(FriendRequestId id, UserId receiver, Status outcome, Instant now) {
    return sql.statement(
            """
            with f as (
              update friendships set status = :outcome, answered_at = :now
              where id = :id and receiver_id = :receiver and status = 'PENDING'
              returning *
            ), fed as (
              insert into feed (audience, type, entity)
              select sender_id, 'FRIEND_REQUEST', id from f
              union all
              select receiver_id, 'FRIEND_REQUEST', id from f
              union all
              select sender_id, 'FRIEND', receiver_id from f where status = 'ACCEPTED'
              union all
              select receiver_id, 'FRIEND', sender_id from f where status = 'ACCEPTED'
            )
            select
            """
                + REQUEST_COLUMNS
                + " from f "
                + PEOPLE)
        .bind("id", id.value())
        .bind("receiver", receiver.value())
        .bind("outcome", outcome.name())
        .bind("now", now)
        .first(FriendRepository::request);
  }

  /** Whether there is a request of this id to this receiver, whatever became of it. */
  boolean received(FriendRequestId id, UserId receiver) {
    return sql.statement("select id from friendships where id = :id and receiver_id = :receiver")
        .bind("id", id.value())
        .bind("receiver", receiver.value())
        .first(row -> row.uuid("id"))
        .isPresent();
  }

  /** Requests to this user that wait, newest first. */
  List<FriendRequest> incoming(UserId receiver) {
    return pending("f.receiver_id = :me", receiver);
  }

  /** Requests by this user that wait, newest first. */
  List<FriendRequest> outgoing(UserId sender) {
    return pending("f.sender_id = :me", sender);
  }

  private List<FriendRequest> pending(String mine, UserId me) {
    return sql.statement(
            "select"
                + REQUEST_COLUMNS
                + " from friendships f "
                + PEOPLE
                + "where f.status = 'PENDING' and "
                + mine
                + " order by f.created_at desc, f.id desc limit 500")
        .bind("me", me.value())
        .list(FriendRepository::request);
  }

  /** Those of these requests that are by or to this user, whatever became of them. */
  public List<FriendRequest> requestsByIds(UserId me, Collection<UUID> ids) {
    return sql.statement(
            "select"
                + REQUEST_COLUMNS
                + " from friendships f "
                + PEOPLE
                + "where f.id = any(cast(:ids as uuid[])) and :me in (f.sender_id, f.receiver_id)")
        .bind("me", me.value())
        .bind("ids", ids)
        .list(row -> request(row).readBy(me));
  }

  /** The next requests by or to this user that wait, in the order of their ids. */
  public List<FriendRequest> requestsAfter(UserId me, UUID after, int limit) {
    return sql.statement(
            "select"
                + REQUEST_COLUMNS
                + " from friendships f "
                + PEOPLE
                + """
                where f.status = 'PENDING' and (f.sender_id = :me or f.receiver_id = :me)
                  and f.id > :after
                order by f.id
                limit :limit
                """)
        .bind("me", me.value())
        .bind("after", after)
        .bind("limit", limit)
        .list(row -> request(row).readBy(me));
  }

  /** Those of these users who are friends of this one. */
  public List<Profile> friendsByIds(UserId me, Collection<UUID> ids) {
    return sql.statement(FRIENDS + "and u.id = any(cast(:ids as uuid[]))")
        .bind("me", me.value())
        .bind("ids", ids)
        .list(row -> Profile.from(row, ""));
  }

  /** The next friends of this user, in the order of their ids. */
  public List<Profile> friendsAfter(UserId me, UUID after, int limit) {
    return sql.statement(FRIENDS + "and u.id > :after order by u.id limit :limit")
        .bind("me", me.value())
        .bind("after", after)
        .bind("limit", limit)
        .list(row -> Profile.from(row, ""));
  }

  /** This user's friends by name. */
  List<Profile> friends(UserId me) {
    return sql.statement(FRIENDS + "order by lower(u.name), u.id")
        .bind("me", me.value())
        .list(row -> Profile.from(row, ""));
  }

  private static FriendRequest request(Row row) {
    Profile sender = Profile.from(row, "sender_");
    Profile receiver = Profile.from(row, "receiver_");
    return new FriendRequest(
        new FriendRequestId(row.uuid("id")),
        sender.id(),
        receiver.id(),
        Status.valueOf(row.string("status")),
        row.instant("created_at"),
        Optional.of(sender),
        Optional.of(receiver));
  }
}
