package parley.group;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.History;
import parley.message.ChangeRepository;
import parley.message.ClientId;
import parley.message.MessageId;
import parley.message.SpentClientIdRepository;
import parley.message.Stored;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** The SQL that makes groups and changes what they are. */
public final class GroupRepository {
  /**
   * Those of {@code :members} who may be put into a group by {@code :me}: friends who let friends
   * add them, and neither of the two blocks the other. Which of it was missing nobody is told, so
   * that a block looks like the setting.
   */
  static final String FRIENDS =
      """
      select u.id, u.name from users u
      where u.id = any(cast(:members as uuid[]))
        and u.add_to_groups = 'FRIENDS'
        and exists (
          select from friendships f
          where least(f.sender_id, f.receiver_id) = least(u.id, :me)
            and greatest(f.sender_id, f.receiver_id) = greatest(u.id, :me)
            and f.status = 'ACCEPTED')
        and not exists (
          select from blocks b where b.blocker_id = :me and b.blocked_id = u.id)
        and not exists (
          select from blocks b where b.blocker_id = u.id and b.blocked_id = :me)
      """;

  /**
   * Tells newcomers, the rows {@code seated (user_id, conversation_id)}, of the group, and who
   * comes back of what they had starred there, which counts again. It follows these rows.
   */
  static final String SEATED_FED =
      """
      , seated_fed as (
        insert into feed (audience, type, entity)
        select user_id, 'CONVERSATION', conversation_id from seated
        union all
        select s.user_id, 'STAR', m.id
        from seated s
        join stars x on x.user_id = s.user_id
        join messages m on m.id = x.message_id and m.conversation_id = s.conversation_id
      )
      """;

  /**
   * Lets the receipts of newcomers, the rows {@code seated (user_id, conversation_id,
   * last_delivered_seq, last_read_seq)}, and of those between whom and them a block stands, stand
   * still for the other as they are now, as everybody else's are shown. It follows these rows.
   */
  static final String STILLED =
      """
      , stilled as (
        insert into still_receipts (conversation_id, user_id, viewer_id, delivered_seq, read_seq)
        select s.conversation_id, shown.user_id, shown.viewer_id, shown.delivered_seq,
          shown.read_seq
        from seated s
        cross join lateral (
          select b.blocked_id as other_id from blocks b where b.blocker_id = s.user_id
          union
          select b.blocker_id from blocks b where b.blocked_id = s.user_id) b
        cross join lateral (
          select p.user_id, p.last_delivered_seq, p.last_read_seq
          from participants p
          where p.conversation_id = s.conversation_id and p.user_id = b.other_id
          union all
          select o.user_id, o.last_delivered_seq, o.last_read_seq
          from seated o where o.user_id = b.other_id) other
        cross join lateral (values
          (s.user_id, other.user_id, s.last_delivered_seq, s.last_read_seq),
          (other.user_id, s.user_id, other.last_delivered_seq, other.last_read_seq)
        ) shown (user_id, viewer_id, delivered_seq, read_seq)
        on conflict do nothing
      )
      """;

  private final Sql sql;

  public GroupRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Makes a group, owned by {@code me}.
   *
   * @return the message that tells of it, also if it was made before under this client id; empty if
   *     some of the members are no friends
   * @throws ChatException CLIENT_ID_REUSED; GROUP_GONE if it was made and has ended;
   *     TOO_MANY_GROUPS; TOO_MANY_GROUPS_TODAY
   */
  Optional<Stored> create(
      ConversationId id, MessageId message, UserId me, NewGroup group, Instant now) {
    try {
      return GroupLimits.hold(() -> insert(id, message, me, group, now))
          .or(() -> findMade(me, group));
    } catch (SqlException e) {
      if (e.violatesUnique("messages_client_id")) {
        return Optional.of(findMade(me, group).orElseThrow(GroupRepository::reused));
      }
      if (SpentClientIdRepository.refuse(e)) {
        throw gone();
      }
      throw e;
    }
  }

  private Optional<Stored> insert(
      ConversationId id, MessageId message, UserId me, NewGroup group, Instant now) {
    return sql.statement(
            "with friends as ("
                + FRIENDS
                + """
                ), made as (
                  insert into conversations
                    (id, kind, title, picture, history, member_count, last_seq, created_at)
                  select :conversation, 'GROUP', :title, cast(:picture as text), :history,
                    1 + count(*), 1, :now
                  from friends
                  having count(*) = :wanted
                  returning *
                ), seated as (
                  insert into participants
                    (conversation_id, user_id, role, joined_at, shares_feed)
                  select c.id, :me, 'OWNER', :now, true from made c
                  union all
                  select c.id, f.id, 'MEMBER', :now, true from made c cross join friends f
                  returning user_id, conversation_id, audience
                ), audience as (
                  select user_id, audience from seated
                )
                """
                + SEATED_FED
                + GroupLimits.COUNTED
                + """
                , told as (
                  select c.id, c.kind, c.last_seq,
                    jsonb_build_object('type', 'GROUP_CREATED', 'title', c.title, 'userIds',
                      (select coalesce(jsonb_agg(f.id order by f.id), '[]') from friends f)
                    ) as change,
                    isolated(u.name) || ' created the group “' || isolated(c.title) || '”' as content
                  from made c join users u on u.id = :me
                )
                """
                + ChangeRepository.TELL
                + """
                select m.*,
                """
                + Stored.AUDIENCE
                + "from m")
        .bind("conversation", id.value())
        .bind("message", message.value())
        .bind("me", me.value())
        .bind("title", group.title())
        .bind("picture", group.picture().orElse(null))
        .bind("history", group.history().name())
        .bind("members", ids(group.members()))
        .bind("client_id", group.clientId().map(ClientId::value).orElse(null))
        .bind("wanted", group.members().size())
        .bind("now", now)
        .first(Stored::from);
  }

  /** The group that was made under this client id, if it has one. */
  private Optional<Stored> findMade(UserId me, NewGroup group) {
    return group.clientId().flatMap(clientId -> findMade(me, group, clientId));
  }

  private Optional<Stored> findMade(UserId me, NewGroup group, ClientId clientId) {
    return sql.statement(
            SpentClientIdRepository.finding(
                """
                m.client_id = :client_id
                  and m.change ->> 'type' = 'GROUP_CREATED' and m.change ->> 'title' = :title
                  and m.change -> 'userIds' = (
                    select coalesce(jsonb_agg(f.id order by f.id), '[]')
                    from unnest(cast(:members as uuid[])) as f (id))
                """))
        .bind("sender", me.value())
        .bind("client_id", clientId.value())
        .bind("title", group.title())
        .bind("members", ids(group.members()))
        .first(row -> SpentClientIdRepository.found(row, GroupRepository::gone))
        .flatMap(Function.identity());
  }

  /** What is told of a group that has ended, or that they have left, to who makes it again. */
  static ChatException gone() {
    return new ChatException(
        ErrorCode.GROUP_GONE, "you are no longer in the group that you made under this clientId");
  }

  private static ChatException reused() {
    return new ChatException(
        ErrorCode.CLIENT_ID_REUSED, "this clientId stands for something else of yours");
  }

  /** Changes what {@code change} has, if the actor is an admin and it is not so already. */
  Outcome change(ConversationId group, MessageId message, UserId me, GroupChange change) {
    return ChangeRepository.run(
        ChangeRepository.statement(
                sql,
                """
            , wanted as (
              select a.*, coalesce(cast(:title as text), a.title) as new_title,
                case when :changes_picture then cast(:picture as text) else a.picture end
                  as new_picture,
                coalesce(cast(:history as text), a.history) as new_history
              from actor a
              where a.kind = 'GROUP' and a.my_role <> 'MEMBER'
            ), changed as (
              update conversations c set last_seq = c.last_seq + 1, title = w.new_title,
                picture = w.new_picture, history = w.new_history
              from wanted w
              where c.id = w.id and (w.title, w.picture, w.history)
                is distinct from (w.new_title, w.new_picture, w.new_history)
              returning c.id, c.kind, c.last_seq
            ), told as (
              select c.*,
                cast('{"type": "DETAILS_CHANGED"}' as jsonb)
                || case when w.title = w.new_title then '{}'
                  else jsonb_build_object('title', w.new_title) end
                || case when w.picture is not distinct from w.new_picture then '{}'
                  else jsonb_build_object('picture', w.new_picture) end
                || case when w.history = w.new_history then '{}'
                  else jsonb_build_object('history', w.new_history) end as change,
                isolated(w.my_name) || case
                  when w.title <> w.new_title then ' named the group “' || isolated(w.new_title) || '”'
                  when w.picture is distinct from w.new_picture then ' changed the picture'
                  else ' changed what newcomers see' end as content
              from changed c cross join wanted w
            )
            """,
                "",
                group,
                message,
                me)
            .bind("title", change.title().orElse(null))
            .bind("changes_picture", change.changesPicture())
            .bind("picture", change.picture())
            .bind("history", change.history().map(History::name).orElse(null)),
        Outcome::from);
  }

  static List<UUID> ids(Collection<UserId> users) {
    return users.stream().map(UserId::value).toList();
  }
}
