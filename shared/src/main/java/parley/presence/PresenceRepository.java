package parley.presence;

import java.util.List;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL that says whose presence somebody may see. */
public final class PresenceRepository {
  private final Sql sql;

  public PresenceRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A friend.
   *
   * @param shown whether their presence is shown to the reader
   */
  record Friend(UserId id, boolean shown) {}

  /** The friends of a user but those whom they block, in the order of their ids. */
  List<Friend> friends(UserId me) {
    return sql.statement(
            """
            select u.id,
              u.presence = 'FRIENDS' and not exists (
                select from blocks b where b.blocker_id = u.id and b.blocked_id = :me) as shown
            from friendships f
            join users u
              on u.id = case when f.sender_id = :me then f.receiver_id else f.sender_id end
            where f.status = 'ACCEPTED' and (f.sender_id = :me or f.receiver_id = :me)
              and not exists (
                select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
            order by u.id
            """)
        .bind("me", me.value())
        .list(row -> new Friend(new UserId(row.uuid("id")), row.flag("shown")));
  }
}
