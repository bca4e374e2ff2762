package parley.friend;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
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
          , lower(u.name) as sort_name
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

  private static final Listing FRIEND_LIST = new Listing("friends", 100);

  private static final Listing RECEIVED = new Listing("received requests", PAGE);

  private static final Listing SENT = new Listing("sent requests", PAGE);

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
  Page<FriendRequest> incoming(UserId me, PageRequest page) {
    return pending(RECEIVED, "f.receiver_id = :me", me, page);
  }

  /** Requests by this user that wait, newest first. */
  Page<FriendRequest> outgoing(UserId me, PageRequest page) {
    return pending(SENT, "f.sender_id = :me", me, page);
  }

  private Page<FriendRequest> pending(Listing listing, String mine, UserId me, PageRequest page) {
    PageStart start = page.of(listing);
    List<FriendRequest> found =
        sql.statement(
                REQUESTS
                    + "and f.status = 'PENDING' and "
                    + mine
                    + """
                     and (cast(:after as uuid) is null
                      or (f.created_at, f.id) < (:after_time, cast(:after as uuid)))
                    order by f.created_at desc, f.id desc
                    limit :rows
                    """)
            .bind("me", me.value())
            .bind("after_time", start.time(0))
            .bind("after", start.id(1))
            .bind("rows", start.rows())
            .list(row -> FriendRequest.from(row).readBy(me));
    return start.page(
        found, Function.identity(), last -> List.of(last.createdAt(), last.id().value()));
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
  Page<Profile> friends(UserId me, PageRequest page) {
    PageStart start = page.of(FRIEND_LIST);
    List<Row> found =
        sql.statement(
                FRIENDS
                    + """
                    and (cast(:after as uuid) is null
                      or (lower(u.name), u.id) > (cast(:after_name as text), cast(:after as uuid)))
                    order by lower(u.name), u.id
                    limit :rows
                    """)
            .bind("me", me.value())
            .bind("after_name", start.text(0))
            .bind("after", start.id(1))
            .bind("rows", start.rows())
            .list(Function.identity());
    return start.page(
        found,
        row -> Profile.from(row, ""),
        row -> List.of(row.string("sort_name"), row.uuid("id")));
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
