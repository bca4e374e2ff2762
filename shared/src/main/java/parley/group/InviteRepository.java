package parley.group;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationLock;
import parley.conversation.ConversationRepository;
import parley.conversation.Role;
import parley.message.ChangeRepository;
import parley.message.MessageId;
import parley.message.Stored;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.Statement;
import parley.user.UserId;

/** The SQL of invites. */
public final class InviteRepository {
  /** The group of {@code :me} and their role in it; no row unless they are in it. */
  private static final String MINE =
      """
      with mine as (
        select c.id, p.role from participants p
        join conversations c on c.id = p.conversation_id and c.kind = 'GROUP'
        where p.conversation_id = :conversation and p.user_id = :me
      )
      """;

  /**
   * Whether the invite {@code i} is worthless for the user {@code u}: an admin removed them, or one
   * of them and of who made the invite blocks the other.
   */
  private static final String BARRED =
      """
      (exists (select from removed_members r
          where r.conversation_id = i.conversation_id and r.user_id = u.id)
        or exists (select from blocks b
          where b.blocker_id = u.id and b.blocked_id = i.created_by)
        or exists (select from blocks b
          where b.blocker_id = i.created_by and b.blocked_id = u.id)) as barred,
      """;

  private static final Listing LISTING = new Listing("invites", 100);

  private final Sql sql;

  public InviteRepository(Sql sql) {
    this.sql = sql;
  }

  /** An invite as somebody finds it who wants to join by it. */
  record Found(
      ConversationId group,
      boolean member,
      Optional<Stored> told,
      NewReceipts receipts,
      InvitedGroup shown) {
    private static Found from(Row row) {
      refuse(row);
      ConversationId group = new ConversationId(row.uuid("group_id"));
      return new Found(
          group,
          row.flag("member"),
          row.joined("id", Stored::from),
          NewReceipts.from(row),
          new InvitedGroup(
              group,
              row.string("title"),
              row.optionalString("picture").orElse(null),
              row.integer("member_count")));
    }

    /** Who is in the group already is not refused, whatever became of the invite. */
    private static void refuse(Row row) {
      // Also for a member: an invite that is there again after a block would tell of the block.
      if (row.flag("barred")) {
        throw notFound();
      }
      if (row.flag("member")) {
        return;
      }
      if (row.flag("expired")) {
        throw new ChatException(ErrorCode.INVITE_EXPIRED, "this invite has expired");
      }
      if (row.flag("used_up")) {
        throw new ChatException(
            ErrorCode.INVITE_USED_UP, "as many have joined by this invite as it was for");
      }
    }
  }

  /**
   * Makes an invite. The lock of the group holds off its end, or finds out that this came first. So
   * does the lock of its maker's row with the end of their role, which ends their invites.
   */
  Invite create(
      InviteId id,
      InviteToken token,
      UserId me,
      ConversationId group,
      NewInvite invite,
      Instant now) {
    return sql.statement(
            """
            with mine as materialized (
              select c.id, p.role
              from conversations c
              join participants p on p.conversation_id = c.id and p.user_id = :me
              where c.id = :conversation and c.kind = 'GROUP'
              for key share of c for share of p
            ), made as (
              insert into invites (id, conversation_id, created_by, token_hash, created_at,
                expires_at, max_uses)
              select :id, mine.id, :me, :hash, :now, :expiry, cast(:max_uses as integer)
              from mine
              where mine.role <> 'MEMBER'
              returning *
            )
            select mine.role, made.* from mine left join made on true
            """)
        .bind("conversation", group.value())
        .bind("me", me.value())
        .bind("id", id.value())
        .bind("hash", token.hash())
        .bind("now", now)
        .bind("expiry", now.plus(invite.life()))
        .bind("max_uses", invite.maxUses().map(String::valueOf).orElse(null))
        .first(
            row -> {
              requireAdmin(row);
              return row.joined("id", Invite::from);
            })
        .flatMap(made -> made)
        .map(made -> made.with(token))
        .orElseThrow(ConversationRepository::notFound);
  }

  /** The invites that still let somebody in, the newest first. */
  Page<Invite> list(UserId me, ConversationId group, PageRequest page, Instant now) {
    PageStart start = page.of(LISTING);
    List<Optional<Invite>> rows =
        sql.statement(
                MINE
                    + """
                    select mine.role, i.* from mine
                    left join invites i on i.conversation_id = mine.id and i.expires_at > :now
                      and i.uses < coalesce(i.max_uses, i.uses + 1)
                      and (cast(:after as uuid) is null
                        or (i.created_at, i.id) < (:after_time, cast(:after as uuid)))
                    order by i.created_at desc, i.id desc
                    limit :rows
                    """)
            .bind("conversation", group.value())
            .bind("me", me.value())
            .bind("now", now)
            .bind("after_time", start.time(0))
            .bind("after", start.id(1))
            .bind("rows", start.rows())
            .list(
                row -> {
                  requireAdmin(row);
                  return row.joined("id", Invite::from);
                });
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    return start.page(
        rows.stream().flatMap(Optional::stream).toList(),
        Function.identity(),
        last -> List.of(last.createdAt(), last.id().value()));
  }

  /**
   * Makes an invite worthless. It changes who may come in, so it counts the membership's version
   * up, as what changes the members does.
   */
  void revoke(UserId me, ConversationId group, InviteId id) {
    boolean revoked =
        sql.statement(
                MINE
                    + """
                    , counted as (
                      update conversations c set membership_version = c.membership_version + 1
                      from mine where c.id = mine.id and mine.role <> 'MEMBER'
                      returning c.id
                    ), revoked as (
                      delete from invites i using counted
                      where i.id = :id and i.conversation_id = counted.id
                      returning i.id
                    )
                    select mine.role, revoked.id from mine left join revoked on true
                    """)
            .bind("conversation", group.value())
            .bind("me", me.value())
            .bind("id", id.value())
            .first(
                row -> {
                  requireAdmin(row);
                  return !row.isNull("id");
                })
            .orElseThrow(ConversationRepository::notFound);
    if (!revoked) {
      throw notFound();
    }
  }

  /** What an invite shows to who holds its token. */
  Found look(UserId me, InviteToken token, Instant now) {
    return sql.statement(
            """
            select i.conversation_id as group_id, c.title, c.picture, c.member_count,
              exists (select from participants p
                where p.conversation_id = c.id and p.user_id = u.id) as member,
            """
                + BARRED
                + """
              i.expires_at <= :now as expired,
              i.uses >= coalesce(i.max_uses, i.uses + 1) as used_up,
              null as id, false as receipts_shown, null as receipts_readers
            from invites i
            join conversations c on c.id = i.conversation_id
            join users u on u.id = :me
            where i.token_hash = :hash
            """)
        .bind("me", me.value())
        .bind("hash", token.hash())
        .bind("now", now)
        .first(Found::from)
        .orElseThrow(InviteRepository::notFound);
  }

  /**
   * Joins by an invite, which counts as one use of it; who is in the group already uses nothing.
   *
   * @return the invite, with nothing told if the group is full
   * @throws ChatException INVITE_NOT_FOUND; INVITE_EXPIRED; INVITE_USED_UP; TOO_MANY_GROUPS
   */
  Found join(UserId me, MessageId message, InviteToken token, Instant now) {
    Statement joining =
        sql.statement(
                """
                    with turn as materialized (
                      select c.id,
                    """
                    + ConversationLock.TURN
                    + """
                      from invites i join conversations c on c.id = i.conversation_id
                      where i.token_hash = :hash
                    ), locked as (
                      select c.* from turn join conversations c on c.id = turn.id
                      for no key update of c
                    ), current as (
                      select l.*, i.id as invite_id, u.name as my_name,
                        exists (select from participants p
                          where p.conversation_id = l.id and p.user_id = u.id) as member,
                    """
                    + BARRED
                    + """
                        i.expires_at <= :now as expired,
                        i.uses >= coalesce(i.max_uses, i.uses + 1) as used_up
                      from locked l
                      join conversations seen
                        on seen.id = l.id and seen.membership_version = l.membership_version
                      join invites i on i.token_hash = :hash
                      join users u on u.id = :me
                    ), audience as (
                      select p.user_id, p.audience
                      from current a join participants p on p.conversation_id = a.id
                    ), used as (
                      update invites i set uses = i.uses + 1
                      from current a
                      where i.id = a.invite_id and a.member_count < :most
                        and not (a.member or a.barred or a.expired or a.used_up)
                      returning i.id
                    ), seated as (
                      insert into participants (conversation_id, user_id, role, joined_at, joined_seq,
                        visible_from_seq, last_read_seq, last_delivered_seq, shares_feed)
                      select a.id, :me, 'MEMBER', :now, a.last_seq,
                        hidden_past(a.id, :me, a.history, a.last_seq), a.last_seq, a.last_seq, true
                      from current a cross join used
                      returning user_id, conversation_id, last_delivered_seq, last_read_seq
                    )
                    """
                    + GroupRepository.SEATED_FED
                    + GroupRepository.STILLED
                    + """
                    , changed as (
                      update conversations c set last_seq = c.last_seq + 1,
                        member_count = c.member_count + 1,
                        membership_version = c.membership_version + 1
                      from seated s
                      where c.id = s.conversation_id
                      returning c.id, c.kind, c.last_seq, c.member_count
                    ), told as (
                      select c.*, jsonb_build_object('type', 'MEMBER_JOINED') as change,
                        isolated(a.my_name) || ' joined by an invite' as content
                      from changed c cross join current a
                    )
                    """
                    + MemberRepository.RECEIPTS_FED
                    + ChangeRepository.TELL
                    + """
                        select a.id is null as outdated, l.id as group_id, l.title, l.picture,
                          l.member_count, a.member, a.barred, a.expired, a.used_up, m.*,
                        """
                    + NewReceipts.COLUMNS
                    + Stored.AUDIENCE
                    + "from locked l left join current a on true left join m on true")
            .bind("me", me.value())
            .bind("message", message.value())
            .bind("client_id", (String) null)
            .bind("hash", token.hash())
            .bind("now", now)
            .bind("most", GroupService.MAX_MEMBERS);
    return GroupLimits.hold(() -> ConversationLock.asOfNow(joining))
        .map(Found::from)
        .orElseThrow(InviteRepository::notFound);
  }

  private static void requireAdmin(Row row) {
    Role.valueOf(row.string("role")).requireAdmin();
  }

  private static ChatException notFound() {
    return new ChatException(ErrorCode.INVITE_NOT_FOUND, "there is no such invite");
  }
}
