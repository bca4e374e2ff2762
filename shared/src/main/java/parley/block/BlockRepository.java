package parley.block;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationLock;
import parley.message.ChangeRepository;
import parley.message.DisappearingRepository;
import parley.message.MessageId;
import parley.message.Stored;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of blocks. */
public final class BlockRepository {
  /**
   * What a block hides and its end shows again, to be read anew by {@code :me}: a friendship, a
   * request, a conversation. It follows {@code changed}, rows of {@code blocks}.
   */
  private static final String FED =
      """
      kept as (
        select f.id, f.status
        from changed c
        join friendships f
          on least(f.sender_id, f.receiver_id) = least(c.blocker_id, c.blocked_id)
          and greatest(f.sender_id, f.receiver_id) = greatest(c.blocker_id, c.blocked_id)
      ), changed_fed as (
        insert into feed (audience, type, entity)
        select blocker_id, 'BLOCK', blocked_id from changed
        union all
        select blocker_id, 'FRIEND', blocked_id from changed
        where exists (select from kept where status = 'ACCEPTED')
        union all
        select :me, 'FRIEND_REQUEST', id from kept
        union all
        select :me, 'CONVERSATION', p.conversation_id
        from conversation c join participants p on p.conversation_id = c.id and p.user_id = :me
      )
      """;

  private static final String BLOCKS =
      "select "
          + Block.COLUMNS
          + " from blocks b join users u on u.id = b.blocked_id where b.blocker_id = :me ";

  /** So many of the longest profiles stay under the Data API's 1 MiB. */
  private static final Listing LISTING = new Listing("blocks", 100);

  private final Sql sql;

  public BlockRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Stores a block, or finds it. The conversation of the two, whose lock orders this and their
   * sends, has been read by who blocks, so that what is hidden in it can be counted as read. What
   * each is shown of the other's receipts stands still from now on.
   *
   * @param conversation the id of the conversation's row if there is none yet
   * @return empty if there is no such user
   */
  Optional<Made> block(UserId me, UserId other, ConversationId conversation, Instant now) {
    return sql.statement(
            """
            with changed as (
              insert into blocks (blocker_id, blocked_id, created_at)
              select :me, u.id, :now from users u where u.id = :other
              on conflict (blocker_id, blocked_id) do update set created_at = blocks.created_at
              returning *
            ), conversation as (
              insert into conversations
                (id, user_low, user_high, created_at, blocked_by_low, blocked_by_high)
              select :conversation, least(blocker_id, blocked_id), greatest(blocker_id, blocked_id),
                :now, blocker_id < blocked_id, blocker_id > blocked_id
              from changed
              on conflict (user_low, user_high) do update
              set blocked_by_low = conversations.blocked_by_low or excluded.blocked_by_low,
                blocked_by_high = conversations.blocked_by_high or excluded.blocked_by_high
              returning id, last_seq, blocked_by_low, blocked_by_high
            ), shared as (
              select p.*
              from participants p
              where p.user_id in (:me, :other) and exists (select from conversation)
                and exists (
                  select from participants o
                  where o.conversation_id = p.conversation_id
                    and o.user_id in (:me, :other) and o.user_id <> p.user_id)
              order by p.conversation_id, p.user_id
              for no key update
            ), stilled as (
              insert into still_receipts
                (conversation_id, user_id, viewer_id, delivered_seq, read_seq)
              select s.conversation_id, s.user_id, v.user_id, s.last_delivered_seq, s.last_read_seq
              from shared s
              join shared v on v.conversation_id = s.conversation_id and v.user_id <> s.user_id
              where exists (select from conversation where blocked_by_low <> blocked_by_high)
                and not exists (
                  select from blocks b where b.blocker_id = :me and b.blocked_id = :other)
              on conflict do nothing
            ), marked as (
              update participants p
              set block_version = p.block_version + 1,
                last_read_seq = case p.user_id
                  when :me then coalesce(c.last_seq, p.last_read_seq) else p.last_read_seq end,
                last_delivered_seq = case p.user_id
                  when :me then coalesce(c.last_seq, p.last_delivered_seq)
                  else p.last_delivered_seq end
              from shared s left join conversation c on c.id = s.conversation_id
              where p.conversation_id = s.conversation_id and p.user_id = s.user_id
            ),
            """
                + FED
                + "select "
                + Block.COLUMNS
                + """
                , exists (
                    select from kept, users m
                    where kept.status = 'ACCEPTED' and m.id = :me and m.presence = 'FRIENDS')
                  and not exists (
                    select from blocks o
                    where least(o.blocker_id, o.blocked_id) = least(:me, :other)
                      and greatest(o.blocker_id, o.blocked_id) = greatest(:me, :other))
                  as presence_ends
                from changed b join users u on u.id = b.blocked_id
                """)
        .bind("me", me.value())
        .bind("other", other.value())
        .bind("conversation", conversation.value())
        .bind("now", now)
        .first(row -> new Made(Block.from(row), row.flag("presence_ends")));
  }

  /**
   * A block that is stored.
   *
   * @param presenceEnds whether the blocked person was shown the blocker's presence until then
   */
  record Made(Block block, boolean presenceEnds) {}

  /**
   * The end of a block.
   *
   * @param told the system message that tells both how long messages last from now on, if one of
   *     them set it while the other blocked them
   * @param friends whether the two are friends, and so may see each other's presence again
   */
  record Ended(Optional<Stored> told, boolean friends) {}

  /**
   * Ends a block. The turn of the conversation comes first, as for all that writes a message there;
   * then the block's row is locked before the conversation's, as blocking does. Unless the other
   * one blocks too, both are shown each other's receipts again, wherever they both are by now: also
   * where they came in while the block stood. What either set for disappearing messages while they
   * were blocked ends: a system message tells both what holds.
   *
   * @param message the id of that message
   * @return empty if there was no block
   */
  Optional<Ended> unblock(UserId me, UserId other, MessageId message) {
    return sql.statement(
            """
            with turn as materialized (
              select c.id,
            """
                + ConversationLock.TURN
                + """
              from conversations c
              where c.user_low = least(:me, :other) and c.user_high = greatest(:me, :other)
            ), changed as (
              delete from blocks b using turn
              where b.blocker_id = :me and b.blocked_id = :other
              returning b.*
            ), locked as (
              select c.*, u.name as my_name,
                (c.blocked_by_low and c.user_low <> b.blocker_id)
                  or (c.blocked_by_high and c.user_high <> b.blocker_id) as still_blocked,
                coalesce(c.disappearing_seconds, 0) as seconds
              from changed b
              join conversations c on c.user_low = least(b.blocker_id, b.blocked_id)
                and c.user_high = greatest(b.blocker_id, b.blocked_id)
              join users u on u.id = b.blocker_id
              for no key update of c
            ), ending as (
              select l.*, not l.still_blocked
                and (coalesce(l.own_disappearing_low, l.seconds) <> l.seconds
                  or coalesce(l.own_disappearing_high, l.seconds) <> l.seconds) as tells
              from locked l
            ), conversation as (
              update conversations c
              set blocked_by_low = c.blocked_by_low and c.user_low <> :me,
                blocked_by_high = c.blocked_by_high and c.user_high <> :me,
                own_disappearing_low = case when e.still_blocked then c.own_disappearing_low end,
                own_disappearing_high = case when e.still_blocked then c.own_disappearing_high end,
                last_seq = c.last_seq + case when e.tells then 1 else 0 end
              from ending e
              where c.id = e.id
              returning c.*, e.still_blocked, e.tells, e.my_name
            ), timed as (
              select id, kind, last_seq, disappearing_seconds, my_name
              from conversation where tells
            ), audience as (
              select p.user_id, p.audience
              from conversation c join participants p on p.conversation_id = c.id
            ), shared as (
              select p.conversation_id, p.user_id
              from participants p
              where p.user_id in (:me, :other)
                and exists (select from conversation where not still_blocked)
                and exists (
                  select from participants o
                  where o.conversation_id = p.conversation_id
                    and o.user_id in (:me, :other) and o.user_id <> p.user_id)
              order by p.conversation_id, p.user_id
              for no key update
            ), counted as (
              update participants p set block_version = p.block_version + 1
              from shared s
              where p.conversation_id = s.conversation_id and p.user_id = s.user_id
            ), moving as (
              delete from still_receipts s using shared p
              where s.conversation_id = p.conversation_id and s.user_id = p.user_id
                and s.viewer_id in (:me, :other)
            ), shown_fed as (
              insert into feed (audience, type, entity)
              select s.user_id,
                case c.kind when 'DIRECT' then 'CONVERSATION' else 'RECEIPT' end, c.id
              from shared s join conversations c on c.id = s.conversation_id
            ),
            """
                + FED
                + DisappearingRepository.TOLD
                + ChangeRepository.TELL
                + "select m.*, exists (select from kept where status = 'ACCEPTED') as friends, "
                + Stored.AUDIENCE
                + "from changed left join m on true")
        .bind("me", me.value())
        .bind("other", other.value())
        .bind("message", message.value())
        .bind("client_id", (String) null)
        .first(row -> new Ended(row.joined("id", Stored::from), row.flag("friends")));
  }

  /** Whom this user blocks, the newest block first. */
  Page<Block> list(UserId me, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Block> found =
        sql.statement(
                BLOCKS
                    + """
                    and (cast(:after as uuid) is null
                      or (b.created_at, b.blocked_id) < (:after_time, cast(:after as uuid)))
                    order by b.created_at desc, b.blocked_id desc
                    limit :rows
                    """)
            .bind("me", me.value())
            .bind("after_time", start.time(0))
            .bind("after", start.id(1))
            .bind("rows", start.rows())
            .list(Block::from);
    return start.page(
        found, Function.identity(), last -> List.of(last.createdAt(), last.user().id().value()));
  }

  /** Those of these users whom this one blocks. */
  public List<Block> byIds(UserId me, Collection<UUID> ids) {
    return sql.statement(BLOCKS + "and b.blocked_id = any(cast(:ids as uuid[]))")
        .bind("me", me.value())
        .bind("ids", ids)
        .list(Block::from);
  }

  /** The next whom this user blocks, in the order of their ids. */
  public List<Block> after(UserId me, UUID after, int limit) {
    return sql.statement(BLOCKS + "and b.blocked_id > :after order by b.blocked_id limit :limit")
        .bind("me", me.value())
        .bind("after", after)
        .bind("limit", limit)
        .list(Block::from);
  }
}
