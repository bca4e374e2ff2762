package parley.friend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.platform.sql.Pages;
import parley.platform.sql.Sql;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL that reads friendships. Nobody sees those with people whom they block. */
public final class FriendListRepository {
  /** Whether {@code :me}, one of the two, sees the row {@code f}. */
  static final String SEEN =
      """
      not exists (
        select from blocks b
        where b.blocker_id = :me and b.blocked_id in (f.sender_id, f.receiver_id))
      """;

  private static final String FRIENDS =
      "select "
          + Profile.columns("u", "")
          + """
          from friendships f
          join users u
            on u.id = case when f.sender_id = :me then f.receiver_id else f.sender_id end
          where f.status = 'ACCEPTED' and (f.sender_id = :me or f.receiver_id = :me) and
          """
          + SEEN;

  private static final String REQUESTS =
      "select "
          + FriendRequest.COLUMNS
          + " from friendships f "
          + FriendRequest.PEOPLE
          + " where "
          + SEEN;

  /** So many requests, each with the longest profiles, stay under the Data API's 1 MiB. */
  private static final int PAGE = 50;

  /** How many requests that wait are given. */
  private static final int MAX_PENDING = 500;

  private final Sql sql;

  public FriendListRepository(Sql sql) {
    this.sql = sql;
  }

  /** Whether there is a request of this id to this user, whatever became of it. */
  boolean received(FriendRequestId id, UserId me) {
    return requestsByIds(me, List.of(id.value())).stream()
        .anyMatch(request -> request.receiverId().equals(me));
  }

  /** Whether there is a request of this id by this user, whatever became of it. */
  boolean sent(FriendRequestId id, UserId me) {
    return requestsByIds(me, List.of(id.value())).stream()
        .anyMatch(request -> request.senderId().equals(me));
  }

  /** Requests to this user that wait, newest first. */
  List<FriendRequest> incoming(UserId me) {
    return pending("f.receiver_id = :me", me);
  }

  /** Requests by this user that wait, newest first. */
  List<FriendRequest> outgoing(UserId me) {
    return pending("f.sender_id = :me", me);
  }

  private List<FriendRequest> pending(String mine, UserId me) {
    return Pages.atMost(MAX_PENDING, PAGE, after -> pending(mine, me, after));
  }

  private List<FriendRequest> pending(String mine, UserId me, Optional<FriendRequest> after) {
    return sql.statement(
            REQUESTS
                + "and f.status = 'PENDING' and "
                + mine
                + """
                 and (cast(:after as uuid) is null
                  or (f.created_at, f.id) < (:after_time, cast(:after as uuid)))
                order by f.created_at desc, f.id desc
                limit :page
                """)
        .bind("me", me.value())
        .bind("after", after.map(request -> request.id().value()).orElse(null))
        .bind("after_time", after.map(FriendRequest::createdAt).orElse(Instant.EPOCH))
        .bind("page", PAGE)
        .list(row -> FriendRequest.from(row).readBy(me));
  }

  /** Those of these requests that are by or to this user, whatever became of them. */
  public List<FriendRequest> requestsByIds(UserId me, Collection<UUID> ids) {
    return Pages.byIds(
        ids,
        PAGE,
        some ->
            sql.statement(
                    REQUESTS
                        + "and f.id = any(cast(:ids as uuid[]))"
                        + " and :me in (f.sender_id, f.receiver_id)")
                .bind("me", me.value())
                .bind("ids", some)
                .list(row -> FriendRequest.from(row).readBy(me)));
  }

  /** The next requests by or to this user that wait, in the order of their ids. */
  public List<FriendRequest> requestsAfter(UserId me, UUID after, int limit) {
    int page = Math.min(limit, PAGE);
    List<FriendRequest> found =
        Pages.atMost(
            limit,
            page,
            last -> waiting(me, last.map(request -> request.id().value()).orElse(after), page));
    return found.stream().limit(limit).toList();
  }

  private List<FriendRequest> waiting(UserId me, UUID after, int limit) {
    return sql.statement(
            REQUESTS
                + """
                and f.status = 'PENDING' and (f.sender_id = :me or f.receiver_id = :me)
                and f.id > :after
                order by f.id
                limit :limit
                """)
        .bind("me", me.value())
        .bind("after", after)
        .bind("limit", limit)
        .list(row -> FriendRequest.from(row).readBy(me));
  }

  /** This user's friends by name. */
  List<Profile> friends(UserId me) {
    return Pages.all(PAGE, after -> friends(me, after));
  }

  private List<Profile> friends(UserId me, Optional<Profile> after) {
    return sql.statement(
            FRIENDS
                + """
                and (cast(:after as uuid) is null
                  or (lower(u.name), u.id) > (lower(cast(:after_name as text)), cast(:after as uuid)))
                order by lower(u.name), u.id
                limit :page
                """)
        .bind("me", me.value())
        .bind("after", after.map(friend -> friend.id().value()).orElse(null))
        .bind("after_name", after.map(Profile::name).orElse(null))
        .bind("page", PAGE)
        .list(row -> Profile.from(row, ""));
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
}
