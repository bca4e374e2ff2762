package parley.group;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.conversation.Role;
import parley.message.ChangeRepository;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.Profile;
import parley.user.UserId;

/** The SQL of who is in a group, and in which role. */
public final class MemberRepository {
  /** The member {@code :member} of the group. */
  private static final String TARGET =
      """
      , target as (
        select p.user_id, p.role, u.name
        from actor a
        join participants p on p.conversation_id = a.id and p.user_id = :member
        join users u on u.id = p.user_id
        where a.kind = 'GROUP'
      )
      """;

  /**
   * Tells the members anew whose receipts they are shown when others take part than before: {@code
   * changed} has the number of members, {@code member_count}. A bigger group than receipts are
   * shown of tells nothing, unless it has just grown past that number or shrunk to it.
   */
  static final String RECEIPTS_FED =
      """
      , receipts_fed as (
        insert into feed (audience, type, entity)
        select distinct a.audience, 'RECEIPT', c.id
        from changed c join locked l on l.id = c.id cross join audience a
        where least(l.member_count, c.member_count) <= %d
      )
      """
          .formatted(ConversationRepository.MAX_SHOWN);

  /** So many of the longest profiles stay under the Data API's 1 MiB. */
  private static final Listing LISTING = new Listing("members", 100);

  private static final String TARGET_ROLE = "(select role from target) as target_role,";

  private final Sql sql;

  public MemberRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * What became of adding.
   *
   * @param wanted how many were asked for who are not in the group yet
   * @param friends how many of these may be added by who asked
   * @param members how many the group had before
   */
  record Added(Outcome outcome, long wanted, long friends, long members, NewReceipts receipts) {
    private static Added from(Row row) {
      return new Added(
          Outcome.from(row),
          row.integer("wanted"),
          row.integer("friends"),
          row.integer("member_count"),
          NewReceipts.from(row));
    }
  }

  /** What became of changing one member; {@code theirs} is empty for who is none. */
  record Changed(Outcome outcome, Optional<Role> theirs) {
    private static Changed from(Row row) {
      return new Changed(Outcome.from(row), row.optionalString("target_role").map(Role::valueOf));
    }
  }

  /**
   * Adds all of these who are not in the group yet, or none of them.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; TOO_MANY_GROUPS; TOO_MANY_GROUPS_TODAY
   */
  Added add(ConversationId group, MessageId message, UserId me, Set<UserId> members, Instant now) {
    Statement adding =
        ChangeRepository.statement(
                sql,
                ", friends as ("
                    + GroupRepository.FRIENDS
                    + """
                    ), wanted as (
                      select w.id from unnest(cast(:members as uuid[])) as w (id)
                      where not exists (
                        select from participants p
                        where p.conversation_id = :conversation and p.user_id = w.id)
                    ), allowed as (
                      select f.id, f.name from friends f join wanted w on w.id = f.id
                    ), seated as (
                      insert into participants (conversation_id, user_id, role, joined_at, joined_seq,
                        visible_from_seq, last_read_seq, last_delivered_seq, shares_feed)
                      select a.id, f.id, 'MEMBER', :now, a.last_seq,
                        hidden_past(a.id, f.id, a.history, a.last_seq), a.last_seq, a.last_seq, true
                      from actor a cross join allowed f
                      where a.kind = 'GROUP' and a.my_role <> 'MEMBER'
                        and (select count(*) from allowed) = (select count(*) from wanted)
                        and a.member_count + (select count(*) from wanted) <= :most
                      returning user_id, conversation_id, last_delivered_seq, last_read_seq
                    )
                    """
                    + GroupRepository.SEATED_FED
                    + GroupRepository.STILLED
                    + GroupLimits.COUNTED
                    + """
                    , welcome as (
                      delete from removed_members r using seated s
                      where r.conversation_id = s.conversation_id and r.user_id = s.user_id
                    ), changed as (
                      update conversations c set last_seq = c.last_seq + 1,
                        member_count = c.member_count + (select count(*) from seated),
                        membership_version = c.membership_version + 1
                      from actor a
                      where c.id = a.id and exists (select from seated)
                      returning c.id, c.kind, c.last_seq, c.member_count
                    ), told as (
                      select c.*,
                        jsonb_build_object('type', 'MEMBERS_ADDED', 'userIds',
                          (select jsonb_agg(user_id order by user_id) from seated)) as change,
                        isolated(a.my_name) || ' added ' || (
                          select case count(*) when 1 then isolated(min(name))
                            else count(*) || ' people' end from allowed) as content
                      from changed c cross join actor a
                    )
                    """
                    + RECEIPTS_FED,
                """
                l.member_count, (select count(*) from wanted) as wanted,
                (select count(*) from allowed) as friends,
                """
                    + NewReceipts.COLUMNS,
                group,
                message,
                me)
            .bind("members", GroupRepository.ids(members))
            .bind("most", GroupService.MAX_MEMBERS)
            .bind("now", now);
    return GroupLimits.hold(() -> ChangeRepository.run(adding, Added::from));
  }

  /**
   * Removes a member, or oneself, if the roles allow it; whom another removed no invite lets in.
   */
  Changed remove(ConversationId group, MessageId message, UserId me, UserId member) {
    return ChangeRepository.run(
        ChangeRepository.statement(
                sql,
                TARGET
                    + """
                    , removed as (
                      delete from participants p using actor a, target t
                      where p.conversation_id = a.id and p.user_id = t.user_id
                        and t.role <> 'OWNER' and (t.user_id = :me or a.my_role <> 'MEMBER')
                      returning p.conversation_id, p.user_id
                    ), removed_fed as (
                      insert into feed (audience, type, entity)
                      select user_id, 'CONVERSATION', conversation_id from removed
                    ), barred as (
                      insert into removed_members (conversation_id, user_id)
                      select conversation_id, user_id from removed where user_id <> :me
                    ), changed as (
                      update conversations c set last_seq = c.last_seq + 1,
                        member_count = c.member_count - 1,
                        membership_version = c.membership_version + 1
                      from removed r
                      where c.id = r.conversation_id
                      returning c.id, c.kind, c.last_seq, c.member_count
                    ), parted as (
                      insert into former_members (user_id, conversation_id, left_seq)
                      select r.user_id, c.id, c.last_seq
                      from changed c join removed r on r.conversation_id = c.id
                      on conflict (user_id, conversation_id)
                      do update set left_seq = excluded.left_seq
                    ), told as (
                      select c.*,
                        case t.user_id when :me then jsonb_build_object('type', 'MEMBER_LEFT')
                          else jsonb_build_object('type', 'MEMBER_REMOVED', 'userIds',
                            jsonb_build_array(t.user_id)) end as change,
                        case t.user_id when :me then isolated(a.my_name) || ' left'
                          else isolated(a.my_name) || ' removed ' || isolated(t.name) end as content
                      from changed c cross join actor a cross join target t
                    )
                    """
                    + RECEIPTS_FED,
                TARGET_ROLE,
                group,
                message,
                me)
            .bind("member", member.value()),
        Changed::from);
  }

  /**
   * Gives a member another role if the roles allow it. A new owner takes the place of the old one,
   * who stays as an admin.
   */
  Changed assign(ConversationId group, MessageId message, UserId me, UserId member, Role role) {
    return ChangeRepository.run(
        ChangeRepository.statement(
                sql,
                TARGET
                    + """
                    , seated as (
                      update participants p
                      set role = case p.user_id when :member then cast(:role as text)
                        else 'ADMIN' end
                      from actor a cross join target t
                      where p.conversation_id = a.id and t.role <> :role
                        and case cast(:role as text)
                          when 'OWNER' then a.my_role = 'OWNER' and p.user_id in (:me, :member)
                          else a.my_role <> 'MEMBER' and t.role <> 'OWNER'
                            and p.user_id = :member end
                      returning p.user_id
                    ), changed as (
                      update conversations c set last_seq = c.last_seq + 1,
                        membership_version = c.membership_version + 1
                      from actor a
                      where c.id = a.id and exists (select from seated)
                      returning c.id, c.kind, c.last_seq
                    ), told as (
                      select c.*,
                        jsonb_build_object('type', 'ROLE_CHANGED', 'userIds',
                          jsonb_build_array(t.user_id), 'role', cast(:role as text)) as change,
                        isolated(a.my_name) || case cast(:role as text)
                          when 'OWNER' then ' handed the group over to ' || isolated(t.name)
                          when 'ADMIN' then ' made ' || isolated(t.name) || ' an admin'
                          else ' took the role of admin from ' || isolated(t.name) end as content
                      from changed c cross join actor a cross join target t
                    )
                    """,
                TARGET_ROLE,
                group,
                message,
                me)
            .bind("member", member.value())
            .bind("role", role.name()),
        Changed::from);
  }

  /**
   * Ends a group whose owner is alone in it, with all that was written there.
   *
   * @return whether it was so
   */
  boolean dissolve(ConversationId group, UserId owner) {
    return sql.statement(
            """
            with ended as (
              delete from conversations c
              where c.id = :conversation and c.kind = 'GROUP' and c.member_count = 1
                and c.membership_version = (
                  select seen.membership_version from conversations seen where seen.id = c.id)
                and exists (
                  select from participants p
                  where p.conversation_id = c.id and p.user_id = :me and p.role = 'OWNER')
              returning c.id
            ), fed as (
              insert into feed (audience, type, entity)
              select :me, 'CONVERSATION', id from ended
            )
            select id from ended
            """)
        .bind("conversation", group.value())
        .bind("me", owner.value())
        .first(row -> row.uuid("id"))
        .isPresent();
  }

  /**
   * The members in the order of their ids.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  Page<Member> list(ConversationId group, UserId me, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Optional<Member>> rows =
        sql.statement(
                """
                select m.* from participants mine
                join conversations c on c.id = mine.conversation_id and c.kind = 'GROUP'
                left join lateral (
                  select p.role, p.joined_at,
                """
                    + Profile.columns("u", "")
                    + """
                  from participants p join users u on u.id = p.user_id
                  where p.conversation_id = c.id
                    and (cast(:after as uuid) is null or p.user_id > cast(:after as uuid))
                  order by p.user_id
                  limit :rows) m on true
                where mine.conversation_id = :conversation and mine.user_id = :me
                order by m.id
                """)
            .bind("conversation", group.value())
            .bind("me", me.value())
            .bind("after", start.id(0))
            .bind("rows", start.rows())
            .list(row -> row.joined("id", Member::from));
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    return start.page(
        rows.stream().flatMap(Optional::stream).toList(),
        Function.identity(),
        last -> List.of(last.id().value()));
  }
}
