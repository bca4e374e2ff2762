package parley.friend;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.friend.FriendRequest.Status;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of friendships. */
public final class FriendRepository {
  /** The two people of {@code :me} and {@code :other}, whichever of them asked. */
  private static final String PAIR =
      """
      least(sender_id, receiver_id) = least(:me, :other)
      and greatest(sender_id, receiver_id) = greatest(:me, :other)
      """;

  private final Sql sql;

  public FriendRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A request as it was changed.
   *
   * @param heard whether the other one is to be told, who is not if they block who did it
   */
  record Change(FriendRequest request, boolean heard) {}

  /** How two people stand to each other. */
  record Standing(boolean otherExists, boolean blocked, Optional<Status> status) {}

  /**
   * Stores a request unless the two have one that waits or are friends, or the sender blocks the
   * receiver; a rejected one is replaced.
   *
   * @return the request, empty if nothing was stored
   */
  Optional<Change> request(FriendRequestId id, UserId me, UserId receiver, Instant now) {
    return requests(
            """
            insert into friendships (id, sender_id, receiver_id, status, created_at)
            select :id, :me, u.id, 'PENDING', :now
            from users u
            where u.id = :receiver
              and not exists (
                select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
            on conflict (least(sender_id, receiver_id), greatest(sender_id, receiver_id))
            do update set id = excluded.id, sender_id = excluded.sender_id,
              receiver_id = excluded.receiver_id, status = 'PENDING',
              created_at = excluded.created_at, answered_at = null
            where friendships.status = 'REJECTED'
            returning *
            """)
        .bind("id", id.value())
        .bind("me", me.value())
        .bind("receiver", receiver.value())
        .bind("now", now)
        .first(FriendRepository::change);
  }

  Standing standing(UserId me, UserId other) {
    return sql.statement(
            """
            select exists (select from users where id = :other) as other_exists,
              exists (select from blocks
                where blocker_id = :me and blocked_id = :other) as blocked,
              (select status from friendships where
            """
                + PAIR
                + ") as status")
        .bind("me", me.value())
        .bind("other", other.value())
        .first(
            row ->
                new Standing(
                    row.flag("other_exists"),
                    row.flag("blocked"),
                    row.optionalString("status").map(Status::valueOf)))
        .orElseThrow();
  }

  /** Answers a request that waits for this receiver and that they see; empty if there is none. */
  Optional<Change> answer(FriendRequestId id, UserId me, Status outcome, Instant now) {
    return requests(
            """
            update friendships f set status = :outcome, answered_at = :now
            where f.id = :id and f.receiver_id = :me and f.status = 'PENDING'
              and not exists (
                select from blocks b where b.blocker_id = :me and b.blocked_id = f.sender_id)
            returning *
            """)
        .bind("id", id.value())
        .bind("me", me.value())
        .bind("outcome", outcome.name())
        .bind("now", now)
        .first(FriendRepository::change);
  }

  /** Takes back a request that waits; empty if there is none by this sender. */
  Optional<Change> withdraw(FriendRequestId id, UserId me) {
    return requests(
            """
            delete from friendships
            where id = :id and sender_id = :me and status = 'PENDING'
            returning *
            """)
        .bind("id", id.value())
        .bind("me", me.value())
        .first(FriendRepository::change);
  }

  /** Whether this receiver can see that there is or was a request of this id to them. */
  boolean received(FriendRequestId id, UserId me) {
    return exists(
        """
        receiver_id = :me and not exists (
          select from blocks b where b.blocker_id = :me and b.blocked_id = f.sender_id)
        """,
        id,
        me);
  }

  /** Whether there is a request of this id by this sender, whatever became of it. */
  boolean sent(FriendRequestId id, UserId me) {
    return exists("sender_id = :me", id, me);
  }

  private boolean exists(String mine, FriendRequestId id, UserId me) {
    return sql.statement("select id from friendships f where id = :id and " + mine)
        .bind("id", id.value())
        .bind("me", me.value())
        .first(row -> row.uuid("id"))
        .isPresent();
  }

  /**
   * Ends a friendship.
   *
   * @return whether the other one is to be told; empty if the two were no friends
   */
  Optional<Boolean> remove(UserId me, UserId other) {
    return sql.statement(
            "with removed as (delete from friendships where status = 'ACCEPTED' and "
                + PAIR
                + """
                returning id)
                select not exists (select from blocks
                  where blocker_id = :other and blocked_id = :me) as heard
                from removed
                """)
        .bind("me", me.value())
        .bind("other", other.value())
        .first(row -> row.flag("heard"));
  }

  /** Requests to this user that wait and that they see, newest first. */
  List<FriendRequest> incoming(UserId me) {
    return pending("receiver_id", "sender_id", me);
  }

  /** Requests by this user that wait, without those to whom they block, newest first. */
  List<FriendRequest> outgoing(UserId me) {
    return pending("sender_id", "receiver_id", me);
  }

  private List<FriendRequest> pending(String mine, String others, UserId me) {
    return requests(
            """
            select *
            from friendships f
            where f.status = 'PENDING' and f.%s = :me
              and not exists (
                select from blocks b where b.blocker_id = :me and b.blocked_id = f.%s)
            order by created_at desc, id desc
            limit 500
            """
                .formatted(mine, others))
        .bind("me", me.value())
        .list(row -> change(row).request());
  }

  /** This user's friends by name, without those whom they block. */
  List<Profile> friends(UserId me) {
    return sql.statement(
            "select "
                + Profile.columns("u", "")
                + """
                from friendships f
                join users u
                  on u.id = case when f.sender_id = :me then f.receiver_id else f.sender_id end
                where f.status = 'ACCEPTED' and (f.sender_id = :me or f.receiver_id = :me)
                  and not exists (
                    select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
                order by lower(u.name), u.id
                """)
        .bind("me", me.value())
        .list(row -> Profile.from(row, ""));
  }

  /**
   * Rows of friendships with both people, newest first, as {@link #change} reads them.
   *
   * @param source a statement that gives rows of friendships, by which {@code :me} does something
   */
  private Statement requests(String source) {
    return sql.statement(
        "with f as ("
            + source
            + """
            )
            select f.id, f.status, f.created_at,
              not exists (select from blocks b
                where b.blocked_id = :me and b.blocker_id in (s.id, r.id)) as heard,
            """
            + Profile.columns("s", "sender_")
            + ", "
            + Profile.columns("r", "receiver_")
            + """
            from f
            join users s on s.id = f.sender_id
            join users r on r.id = f.receiver_id
            order by f.created_at desc, f.id desc
            """);
  }

  private static Change change(Row row) {
    Profile sender = Profile.from(row, "sender_");
    Profile receiver = Profile.from(row, "receiver_");
    FriendRequest request =
        new FriendRequest(
            new FriendRequestId(row.uuid("id")),
            sender.id(),
            receiver.id(),
            Status.valueOf(row.string("status")),
            row.instant("created_at"),
            Optional.of(sender),
            Optional.of(receiver));
    return new Change(request, row.flag("heard"));
  }
}
