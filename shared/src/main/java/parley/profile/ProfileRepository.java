package parley.profile;

import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.profile.Settings.FindByEmail;
import parley.user.UserId;

/** The SQL of one's own account. */
public final class ProfileRepository {
  private final Sql sql;

  public ProfileRepository(Sql sql) {
    this.sql = sql;
  }

  Optional<Account> find(UserId id) {
    return sql.statement("select " + Account.columns("u") + " from users u where u.id = :id")
        .bind("id", id.value())
        .first(Account::from);
  }

  /**
   * Writes what the change has.
   *
   * @return the account, empty if it is gone
   * @throws ChatException HANDLE_TAKEN
   */
  Optional<Account> update(UserId id, ProfileChange change) {
    try {
      return sql.statement(
              """
              update users u
              set name = coalesce(cast(:name as text), name),
                about_me = case when :changes_about_me
                  then cast(:about_me as text) else about_me end,
                profile_image = case when :changes_profile_image
                  then cast(:profile_image as text) else profile_image end,
                handle = case when :changes_handle then cast(:handle as text) else handle end
              where id = :id
              returning
              """
                  + Account.columns("u"))
          .bind("id", id.value())
          .bind("name", change.name().orElse(null))
          .bind("changes_about_me", change.aboutMe().made())
          .bind("about_me", change.aboutMe().value())
          .bind("changes_profile_image", change.profileImage().made())
          .bind("profile_image", change.profileImage().value())
          .bind("changes_handle", change.handle().made())
          .bind("handle", change.handle().value())
          .first(Account::from);
    } catch (SqlException e) {
      if (e.violatesUnique("users_handle_key")) {
        throw new ChatException(ErrorCode.HANDLE_TAKEN, "somebody else has this handle", e);
      }
      throw e;
    }
  }

  Optional<Settings> settings(UserId id) {
    return sql.statement("select find_by_email from users where id = :id")
        .bind("id", id.value())
        .first(ProfileRepository::settings);
  }

  Optional<Settings> update(UserId id, SettingsChange change) {
    return sql.statement(
            """
            update users
            set find_by_email = coalesce(cast(:find_by_email as text), find_by_email)
            where id = :id
            returning find_by_email
            """)
        .bind("id", id.value())
        .bind("find_by_email", change.findByEmail().map(FindByEmail::name).orElse(null))
        .first(ProfileRepository::settings);
  }

  private static Settings settings(Row row) {
    return new Settings(FindByEmail.valueOf(row.string("find_by_email")));
  }
}
