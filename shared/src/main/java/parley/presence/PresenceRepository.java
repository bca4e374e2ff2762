package parley.presence;

import java.util.List;
import java.util.function.Function;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL that says whose presence somebody may see. */
public final class PresenceRepository {
  /** One read of the table gives the states of so many. */
  private static final Listing LISTING = new Listing("presence", 100);

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
  Page<Friend> friends(UserId me, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Friend> found =
        sql.statement(
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
                  and (cast(:after as uuid) is null or u.id > cast(:after as uuid))
                order by u.id
                limit :rows
                """)
            .bind("me", me.value())
            .bind("after", start.id(0))
            .bind("rows", start.rows())
            .list(row -> new Friend(new UserId(row.uuid("id")), row.flag("shown")));
    return start.page(found, Function.identity(), last -> List.of(last.id().value()));
  }
}
