package parley.user;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.FoundUser.FriendshipState;

/** The SQL of finding users. */
public final class UserRepository {
  private final Sql sql;

  public UserRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A name and what is typed are put into lower case by Postgres both, for Java does it otherwise:
   * its İ becomes two characters. An email is compared as registering has put it.
   */
  List<FoundUser> search(UserId me, String query) {
    return sql.statement(
            "select "
                + Profile.columns("u", "")
                + """
                , case
                    when f.status = 'ACCEPTED' then 'FRIENDS'
                    when f.status = 'PENDING' and f.sender_id = :me then 'REQUEST_SENT'
                    when f.status = 'PENDING' then 'REQUEST_RECEIVED'
                    else 'NONE'
                  end as friendship
                from users u
                left join friendships f
                  on least(f.sender_id, f.receiver_id) = least(u.id, :me)
                  and greatest(f.sender_id, f.receiver_id) = greatest(u.id, :me)
                where u.id <> :me
                  and (lower(u.name) like lower(:part) escape '\\'
                    or lower(u.handle) like lower(cast(:beginning as text)) escape '\\'
                    or u.email = :email and u.find_by_email = 'EVERYONE')
                  and not exists (
                    select from blocks b
                    where (b.blocker_id, b.blocked_id) in ((:me, u.id), (u.id, :me)))
                order by
                  u.email = :email and u.find_by_email = 'EVERYONE' desc,
                  coalesce(lower(u.handle) = lower(:handle), false) desc,
                  lower(u.name), u.id
                limit 20
                """)
        .bind("me", me.value())
        .bind("email", query.toLowerCase(Locale.ROOT))
        .bind("part", "%" + escape(query) + "%")
        .bind("handle", handle(query))
        .bind("beginning", beginning(handle(query)))
        .list(UserRepository::found);
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
