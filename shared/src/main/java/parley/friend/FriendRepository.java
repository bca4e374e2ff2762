package parley.friend;

import java.time.Instant;
import java.util.Optional;
import parley.friend.FriendRequest.Status;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/** The SQL that changes friendships. */
public final class FriendRepository {
  /** The row of {@code :me} and {@code :other}, whichever of them asked. */
  private static final String OF_THE_TWO =
      """
      least(sender_id, receiver_id) = least(:me, :other)
      and greatest(sender_id, receiver_id) = greatest(:me, :other)
      """;

  private final Sql sql;

  public FriendRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A friendship that {@code me} changed.
   *
   * @param heard whether the other one is to be told, who is not if they block {@code me}
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
    return change(
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
        .first(FriendRepository::read);
  }

  /** Answers a request that waits for this receiver and that they see; empty if there is none. */
  Optional<Change> answer(FriendRequestId id, UserId me, Status outcome, Instant now) {
    return change(
            """
            update friendships f set status = :outcome, answered_at = :now
            where f.id = :id and f.receiver_id = :me and f.status = 'PENDING' and
            """
                + FriendListRepository.SEEN
                + " returning *")
        .bind("id", id.value())
        .bind("me", me.value())
        .bind("outcome", outcome.name())
        .bind("now", now)
        .first(FriendRepository::read);
  }

  /** Takes back a request that waits; empty if there is none by this sender. */
  Optional<Change> withdraw(FriendRequestId id, UserId me) {
    return change(
            """
            delete from friendships
            where id = :id and sender_id = :me and status = 'PENDING'
            returning *
            """)
        .bind("id", id.value())
        .bind("me", me.value())
        .first(FriendRepository::read);
  }

  /** Ends a friendship; empty if the two are no friends. */
  Optional<Change> remove(UserId me, UserId friend) {
    return change(
            "delete from friendships where status = 'ACCEPTED' and " + OF_THE_TWO + " returning *")
        .bind("me", me.value())
        .bind("other", friend.value())
        .first(FriendRepository::read);
  }

  Standing standing(UserId me, UserId other) {
    return sql.statement(
            """
            select exists (select from users where id = :other) as other_exists,
              exists (
                select from blocks where blocker_id = :me and blocked_id = :other) as blocked,
              (select status from friendships where
            """
                + OF_THE_TWO
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

  /**
   * Changes a friendship for both people. Who blocks {@code :me} is fed it too, for they might stop
   * blocking at this moment; as long as they block, reading it finds nothing.
   *
   * @param source a statement that changes one row of {@code friendships} and returns it
   */
  private Statement change(String source) {
    return sql.statement(
        "with f as ("
            + source
            + """
            ), person as (
              select sender_id as id, receiver_id as other_id from f
              union all
              select receiver_id, sender_id from f
            ), fed as (
              insert into feed (audience, type, entity)
              select person.id, 'FRIEND_REQUEST', f.id from person cross join f
              union all
              select person.id, 'FRIEND', other_id
              from person cross join f
              where f.status = 'ACCEPTED'
            )
            select
              not exists (
                select from person p
                join blocks b on b.blocker_id = p.id and b.blocked_id = :me) as heard,
            """
            + FriendRequest.COLUMNS
            + " from f "
            + FriendRequest.PEOPLE);
  }

  private static Change read(Row row) {
    return new Change(FriendRequest.from(row), row.flag("heard"));
  }
}
