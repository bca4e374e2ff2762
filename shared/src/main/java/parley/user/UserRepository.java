package parley.user;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.FoundUser.FriendshipState;

/** The SQL of other users: finding them, and those whom somebody sees. */
public final class UserRepository {
  private static final Listing FOUND = new Listing("users", 20);

  /**
   * Those of {@code :ids} who are shown to {@code :me}: oneself, whom a friend request or a block
   * of one's own names, who is in a conversation with one, and who was in a group while something
   * was written there that one sees. Blocks change nothing of it, so that nobody can tell by it who
   * blocks them.
   */
  static final String SEEN =
      "select "
          + Profile.columns("u", "")
          + """
          from users u
          where u.id = any(cast(:ids as uuid[])) and (
            u.id = :me
            or exists (
              select from friendships f
              where least(f.sender_id, f.receiver_id) = least(u.id, :me)
                and greatest(f.sender_id, f.receiver_id) = greatest(u.id, :me))
            or exists (select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
            or exists (
              select from participants mine
              join participants theirs on theirs.conversation_id = mine.conversation_id
                and theirs.user_id = u.id
              where mine.user_id = :me)
            or exists (
              select from former_members theirs
              join participants mine on mine.conversation_id = theirs.conversation_id
                and mine.user_id = :me and mine.visible_from_seq < theirs.left_seq
              where theirs.user_id = u.id))
          """;

  /** So many of the longest profiles stay under the Data API's 1 MiB. */
  private static final int PAGE = 100;

  static final String SEARCH =
      """
      with typed as materialized (
        select t.text, name_parts(t.text) as parts,
          nullif(regexp_replace(t.text, '^@', ''), '') as handle
        from (select nullif(btrim(folded(:query)), '')) as t (text)
      ), found as (
        select
      """
          + Profile.columns("u", "")
          + """
            , case
              when f.status = 'ACCEPTED' then 'FRIENDS'
              when f.status = 'PENDING' and f.sender_id = :me then 'REQUEST_SENT'
              when f.status = 'PENDING' then 'REQUEST_RECEIVED'
              else 'NONE'
            end as friendship,
            case
              when folded(u.email) = (select text from typed) and u.find_by_email = 'EVERYONE'
                then 0
              when lower(u.handle) = (select handle from typed) then 1
              else 2
            end as place,
            left(folded(u.name), 100) collate "C" as sort_name
          from users u
          left join friendships f
            on least(f.sender_id, f.receiver_id) = least(u.id, :me)
            and greatest(f.sender_id, f.receiver_id) = greatest(u.id, :me)
          where u.id <> :me
            and (name_keys(u.name) collate "C" @> (select name_query_keys(parts) from typed)
                and has_parts(u.name, (select parts from typed))
              or lower(u.handle) ~>=~ (select handle from typed)
                and lower(u.handle) ~<~ (select handle || '{' from typed)
              or folded(u.email) collate "C" = (select text from typed)
                and u.find_by_email = 'EVERYONE')
            and not exists (
              select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
      )
      select * from found
      where cast(:after as uuid) is null
        or (place, sort_name, id)
          > (:after_place, cast(:after_name as text), cast(:after as uuid))
      order by place, sort_name, id
      limit :rows
      """;

  private final Sql sql;

  public UserRepository(Sql sql) {
    this.sql = sql;
  }

  /** Those of these users who are shown to this one, in no order. */
  public List<Profile> byIds(UserId me, Collection<UUID> ids) {
    return Pages.byIds(
        ids,
        PAGE,
        some ->
            sql.statement(SEEN)
                .bind("me", me.value())
                .bind("ids", some)
                .list(row -> Profile.from(row, "")));
  }

  /**
   * Names, emails and what is typed are compared by the function {@code folded} of the database,
   * which no Java code repeats. A handle is ASCII, so that the handles that begin with what is
   * typed stand between it and the same with the character after z. What folds to nothing finds
   * nobody.
   */
  Page<FoundUser> search(UserId me, String query, PageRequest page) {
    PageStart start = page.of(FOUND);
    List<Row> found =
        sql.statement(SEARCH)
            .bind("me", me.value())
            .bind("query", query)
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

  private static FoundUser found(Row row) {
    Profile profile = Profile.from(row, "");
    return new FoundUser(
        profile.id(),
        profile.name(),
        profile.profileImage(),
        profile.aboutMe(),
        profile.handle(),
        profile.version(),
        FriendshipState.valueOf(row.string("friendship")));
  }
}
