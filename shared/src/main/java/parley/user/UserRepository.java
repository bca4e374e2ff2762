package parley.user;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.FoundUser.FriendshipState;

/** The SQL of accounts. */
public final class UserRepository {
  private final Sql sql;

  public UserRepository(Sql sql) {
    this.sql = sql;
  }

  Optional<Account> find(UserId id) {
    return sql.statement(
            """
            select id, email, name, profile_image, about_me, created_at
            from users
            where id = :id
            """)
        .bind("id", id.value())
        .first(UserRepository::account);
  }

  Optional<Account> update(UserId id, ProfileChange change) {
    return sql.statement(
            """
            update users
            set name = coalesce(cast(:name as text), name),
              about_me = case when :changes_about_me then cast(:about_me as text) else about_me end
            where id = :id
            returning id, email, name, profile_image, about_me, created_at
            """)
        .bind("id", id.value())
        .bind("name", change.name().orElse(null))
        .bind("changes_about_me", change.changesAboutMe())
        .bind("about_me", change.aboutMe())
        .first(UserRepository::account);
  }

  List<FoundUser> search(UserId me, String query) {
    return sql.statement(
            """
            select u.id, u.name, u.profile_image, u.about_me,
              case
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
              and (lower(u.name) like :pattern escape '\\' or u.email = lower(:query))
            order by u.email = lower(:query) desc, lower(u.name), u.id
            limit 20
            """)
        .bind("me", me.value())
        .bind("query", query)
        .bind("pattern", "%" + escape(query.toLowerCase(Locale.ROOT)) + "%")
        .list(UserRepository::found);
  }

  private static String escape(String query) {
    return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static Account account(Row row) {
    return new Account(
        new UserId(row.uuid("id")),
        row.string("email"),
        row.string("name"),
        row.optionalString("profile_image").orElse(null),
        row.optionalString("about_me").orElse(null),
        row.instant("created_at"));
  }

  private static FoundUser found(Row row) {
    Profile profile = Profile.from(row, "");
    return new FoundUser(
        profile.id(),
        profile.name(),
        profile.profileImage(),
        profile.aboutMe(),
        FriendshipState.valueOf(row.string("friendship")));
  }
}
