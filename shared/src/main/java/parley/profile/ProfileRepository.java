package parley.profile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * An account as it was changed.
   *
   * @param audience whom to tell: the user, and their friends but those who block the user
   */
  record Change(Account account, Set<UserId> audience) {}

  /**
   * Writes what the change has.
   *
   * @return the account, empty if it is gone
   * @throws ChatException HANDLE_TAKEN
   */
  Optional<Change> update(UserId id, ProfileChange change) {
    try {
      return read(id, write(id, change));
    } catch (SqlException e) {
      if (e.violatesUnique("users_handle_key")) {
        throw new ChatException(ErrorCode.HANDLE_TAKEN, "somebody else has this handle", e);
      }
      throw e;
    }
  }

  /** The account in one row and each friend in one of their own, which would not all fit in it. */
  private List<Line> write(UserId id, ProfileChange change) {
    return sql.statement(
            """
            with u as (
              update users
              set name = coalesce(cast(:name as text), name),
                about_me = case when :changes_about_me
                  then cast(:about_me as text) else about_me end,
                profile_image = case when :changes_profile_image
                  then cast(:profile_image as text) else profile_image end,
                handle = case when :changes_handle then cast(:handle as text) else handle end
              where id = :id
              returning *
            ), friend as (
              select case when f.sender_id = u.id then f.receiver_id else f.sender_id end as id
              from u
              join friendships f
                on f.status = 'ACCEPTED' and (f.sender_id = u.id or f.receiver_id = u.id)
              where not exists (
                select from blocks b
                where b.blocked_id = u.id and b.blocker_id in (f.sender_id, f.receiver_id))
            ), fed as (
              insert into feed (audience, type, entity)
              select id, 'ACCOUNT', id from u
              union all
              select friend.id, 'FRIEND', u.id from friend cross join u
            )
            select cast(null as uuid) as friend_id,
            """
                + Account.columns("u")
                + """
                from u
                union all
                select friend.id, null, null, null, null, null, null, null from friend
                """)
        .bind("id", id.value())
        .bind("name", change.name().orElse(null))
        .bind("changes_about_me", change.aboutMe().made())
        .bind("about_me", change.aboutMe().value())
        .bind("changes_profile_image", change.profileImage().made())
        .bind("profile_image", change.profileImage().value())
        .bind("changes_handle", change.handle().made())
        .bind("handle", change.handle().value())
        .list(Line::from);
  }

  private record Line(Optional<Account> account, Optional<UserId> friend) {
    static Line from(Row row) {
      return row.isNull("friend_id")
          ? new Line(Optional.of(Account.from(row)), Optional.empty())
          : new Line(Optional.empty(), Optional.of(new UserId(row.uuid("friend_id"))));
    }
  }

  private static Optional<Change> read(UserId id, List<Line> lines) {
    Set<UserId> audience =
        Stream.concat(Stream.of(id), lines.stream().map(Line::friend).flatMap(Optional::stream))
            .collect(Collectors.toSet());
    return lines.stream()
        .map(Line::account)
        .flatMap(Optional::stream)
        .findFirst()
        .map(account -> new Change(account, audience));
  }

  /** The settings of a user, empty if the account is gone. */
  public Optional<Settings> settings(UserId id) {
    return sql.statement("select " + SETTINGS + " from users where id = :id")
        .bind("id", id.value())
        .first(ProfileRepository::settings);
  }

  Optional<Settings> update(UserId id, SettingsChange change) {
    return sql.statement(
            """
            with u as (
              update users
              set find_by_email = coalesce(cast(:find_by_email as text), find_by_email),
                read_receipts = coalesce(cast(:read_receipts as boolean), read_receipts),
                presence = coalesce(cast(:presence as text), presence),
                add_to_groups = coalesce(cast(:add_to_groups as text), add_to_groups)
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
