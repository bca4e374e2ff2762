package parley.profile;

import java.util.Optional;
import java.util.Set;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.profile.Settings.AddToGroups;
import parley.profile.Settings.FindByEmail;
import parley.profile.Settings.Presence;
import parley.user.UserId;

/** The SQL of one's own account. */
public final class ProfileRepository {
  /**
   * Changes a profile, if anything of it is new. {@code profile_audiences} is called after the row
   * is locked and sees who follows the profile by then; whoever begins to follow it holds that lock
   * too.
   */
  static final String UPDATE =
      """
      with u as (
        update users
        set name = coalesce(cast(:name as text), name),
          about_me = case when :changes_about_me then cast(:about_me as text) else about_me end,
          profile_image = case when :changes_profile_image
            then cast(:profile_image as text) else profile_image end,
          handle = case when :changes_handle then cast(:handle as text) else handle end,
          profile_version = profile_version + 1,
      """
          + ChangeLimit.counted("true")
          + """
        where id = :id and (
          name <> cast(:name as text)
          or :changes_about_me and about_me is distinct from cast(:about_me as text)
          or :changes_profile_image and profile_image is distinct from cast(:profile_image as text)
          or :changes_handle and handle is distinct from cast(:handle as text))
        returning *
      ), fed as (
        insert into feed (audience, type, entity)
        select id, 'ACCOUNT', id from u
        union all
        select a.audience, 'USER', u.id
        from u cross join lateral profile_audiences(u.id) as a (audience)
      ), told as (
        select u.id as user_id from u
        union all
        select c.user_id
        from u
        join contacts c on c.contact_id = u.id and not c.shares_feed
        join friendships f on f.status = 'ACCEPTED'
          and least(f.sender_id, f.receiver_id) = least(c.user_id, u.id)
          and greatest(f.sender_id, f.receiver_id) = greatest(c.user_id, u.id)
        where not exists (
          select from blocks b where b.blocker_id = c.user_id and b.blocked_id = u.id)
      ), now as (
        select * from u
        union all
        select * from users where id = :id and not exists (select from u)
      )
      select (select string_agg(cast(user_id as text), ',') from told) as audience,
      """
          + Account.columns("now")
          + "from now";

  private static final String SETTINGS = " find_by_email, read_receipts, presence, add_to_groups ";

  private final Sql sql;

  public ProfileRepository(Sql sql) {
    this.sql = sql;
  }

  /** The account of a user, empty if it is gone. */
  public Optional<Account> find(UserId id) {
    return sql.statement("select " + Account.columns("u") + " from users u where u.id = :id")
        .bind("id", id.value())
        .first(Account::from);
  }

  /**
   * An account after a change.
   *
   * @param audience whom to tell live: the user and, of the first 500 who follow the profile, the
   *     friends who do not block the user; nobody if all was so before
   */
  record Change(Account account, Set<UserId> audience) {}

  /**
   * Writes what the change has, and feeds it to all who follow the profile: a row each to some 500,
   * one to each group, and one that all others read.
   *
   * @return the account, empty if it is gone
   * @throws ChatException HANDLE_TAKEN; TOO_MANY_CHANGES_TODAY
   */
  Optional<Change> update(UserId id, ProfileChange change) {
    try {
      return ChangeLimit.hold(() -> write(id, change));
    } catch (SqlException e) {
      if (e.violatesUnique("users_handle_key")) {
        throw new ChatException(ErrorCode.HANDLE_TAKEN, "somebody else has this handle", e);
      }
      throw e;
    }
  }

  private Optional<Change> write(UserId id, ProfileChange change) {
    return sql.statement(UPDATE)
        .bind("id", id.value())
        .bind("name", change.name().orElse(null))
        .bind("changes_about_me", change.aboutMe().made())
        .bind("about_me", change.aboutMe().value())
        .bind("changes_profile_image", change.profileImage().made())
        .bind("profile_image", change.profileImage().value())
        .bind("changes_handle", change.handle().made())
        .bind("handle", change.handle().value())
        .first(row -> new Change(Account.from(row), UserId.set(row, "audience")));
  }

  /** The settings of a user, empty if the account is gone. */
  public Optional<Settings> settings(UserId id) {
    return sql.statement("select " + SETTINGS + " from users where id = :id")
        .bind("id", id.value())
        .first(ProfileRepository::settings);
  }

  /**
   * Writes what the change has.
   *
   * @return the settings, empty if the account is gone
   * @throws ChatException TOO_MANY_CHANGES_TODAY
   */
  Optional<Settings> update(UserId id, SettingsChange change) {
    return ChangeLimit.hold(() -> write(id, change));
  }

  private Optional<Settings> write(UserId id, SettingsChange change) {
    return sql.statement(
            """
            with u as (
              update users
              set find_by_email = coalesce(cast(:find_by_email as text), find_by_email),
                read_receipts = coalesce(cast(:read_receipts as boolean), read_receipts),
                presence = coalesce(cast(:presence as text), presence),
                add_to_groups = coalesce(cast(:add_to_groups as text), add_to_groups),
            """
                + ChangeLimit.counted(
                    """
                    find_by_email <> coalesce(cast(:find_by_email as text), find_by_email)
                      or read_receipts <> coalesce(cast(:read_receipts as boolean), read_receipts)
                      or presence <> coalesce(cast(:presence as text), presence)
                      or add_to_groups <> coalesce(cast(:add_to_groups as text), add_to_groups)
                    """)
                + """
              where id = :id
              returning *
            ), fed as (
              insert into feed (audience, type, entity)
              select id, 'SETTINGS', id from u
              union all
              select distinct p.audience,
                case c.kind when 'DIRECT' then 'CONVERSATION' else 'RECEIPT' end, c.id
              from users before
              join u on u.id = before.id and u.read_receipts <> before.read_receipts
              join participants mine on mine.user_id = u.id
              join conversations c
                on c.id = mine.conversation_id and coalesce(c.member_count, 2) <= :shown
              join participants p on p.conversation_id = c.id
            )
            select
            """
                + SETTINGS
                + "from u")
        .bind("id", id.value())
        .bind("find_by_email", change.findByEmail().map(FindByEmail::name).orElse(null))
        .bind("read_receipts", change.readReceipts().map(String::valueOf).orElse(null))
        .bind("presence", change.presence().map(Presence::name).orElse(null))
        .bind("add_to_groups", change.addToGroups().map(AddToGroups::name).orElse(null))
        .bind("shown", ConversationRepository.MAX_SHOWN)
        .first(ProfileRepository::settings);
  }

  private static Settings settings(Row row) {
    return new Settings(
        FindByEmail.valueOf(row.string("find_by_email")),
        row.flag("read_receipts"),
        Presence.valueOf(row.string("presence")),
        AddToGroups.valueOf(row.string("add_to_groups")));
  }
}
