package parley.user;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.FoundUser.FriendshipState;

/** The SQL of finding users. */
public final class UserRepository {
  private static final Listing FOUND = new Listing("users", 20);

  private final Sql sql;

  public UserRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A name and what is typed are put into lower case by Postgres both, for Java does it otherwise:
   * its İ becomes two characters. An email is compared as registering has put it.
   */
  Page<FoundUser> search(UserId me, String query, PageRequest page) {
    PageStart start = page.of(FOUND);
    List<Row> found =
        sql.statement(
                "with found as (select "
                    + Profile.columns("u", "")
                    + """
                    , case
                        when f.status = 'ACCEPTED' then 'FRIENDS'
                        when f.status = 'PENDING' and f.sender_id = :me then 'REQUEST_SENT'
                        when f.status = 'PENDING' then 'REQUEST_RECEIVED'
                        else 'NONE'
                      end as friendship,
                      case
                        when u.email = :email and u.find_by_email = 'EVERYONE' then 0
                        when lower(u.handle) = lower(:handle) then 1
                        else 2
                      end as place,
                      lower(u.name) as sort_name
                    from users u
                    left join friendships f
                      on least(f.sender_id, f.receiver_id) = least(u.id, :me)
                      and greatest(f.sender_id, f.receiver_id) = greatest(u.id, :me)
                    where u.id <> :me
                      and (lower(u.name) like lower(:part) escape '\\'
                        or lower(u.handle) like lower(cast(:beginning as text)) escape '\\'
                        or u.email = :email and u.find_by_email = 'EVERYONE')
                      and not exists (
                        select from blocks b where b.blocker_id = :me and b.blocked_id = u.id))
                    select * from found
                    where cast(:after as uuid) is null
                      or (place, sort_name, id)
                        > (:after_place, cast(:after_name as text), cast(:after as uuid))
                    order by place, sort_name, id
                    limit :rows
                    """)
            .bind("me", me.value())
            .bind("email", query.toLowerCase(Locale.ROOT))
            .bind("part", "%" + escape(query) + "%")
            .bind("handle", handle(query))
            .bind("beginning", beginning(handle(query)))
            .bind("after_place", start.number(0))
            .bind("after_name", start.text(1))
            .bind("after", start.id(2))
            .bind("rows", start.rows())
            .list(Function.identity());
    return start.page(
        found,
        UserRepository::found,
        row -> List.of(row.integer("place"), row.string("sort_name"), row.uuid("id")));
  }

  /** A handle as it is written in a search, with or without the @ before it. */
  private static String handle(String query) {
    return query.startsWith("@") ? query.substring(1) : query;
  }

  private static @Nullable String beginning(String handle) {
    return handle.isEmpty() ? null : escape(handle) + "%";
  }

  private static String escape(String query) {
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static FoundUser found(Row row) {
    Profile profile = Profile.from(row, "");
    return new FoundUser(
        profile.id(),
        profile.name(),
        profile.profileImage(),
        profile.aboutMe(),
        profile.handle(),
        FriendshipState.valueOf(row.string("friendship")));
  }
}
