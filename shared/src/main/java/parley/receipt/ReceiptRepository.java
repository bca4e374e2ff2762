package parley.receipt;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.conversation.ConversationId;
import parley.conversation.ConversationLock;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationSql;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.receipt.Receipts.Counts;
import parley.user.UserId;

/** The SQL of receipts. */
public final class ReceiptRepository {
  /** So many conversations with as many receipts as are shown stay under the Data API's 1 MiB. */
  private static final int PAGE = 40;

  private final Sql sql;

  public ReceiptRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * What has become of what a user said of one conversation.
   *
   * @param participants how many take part in it
   * @param readBy whom to tell that {@code receipt.readSeq} is read, nobody if it was before
   * @param deliveredTo whom to tell that {@code receipt.deliveredSeq} is delivered, but those whom
   *     the other already tells it
   */
  record Grown(
      OwnReceipt receipt, long participants, Set<UserId> readBy, Set<UserId> deliveredTo) {}

  /**
   * Moves this user's receipts forward. The lock of their row orders their devices, leaving and
   * blocks: a receipt that waited while a block began or ended does not see it, tells so by {@code
   * outdated}, and is run again. Several rows are locked in the order of their conversations, as
   * blocking does. A conversation with a person whom {@code me} blocks has no message for them
   * after those that they have read.
   *
   * @return one for each conversation in which they take part
   * @throws ChatException SEQ_OUT_OF_RANGE if one is of a message that is not there; then none has
   *     moved
   */
  List<Grown> move(UserId me, List<Progress> progress) {
    List<Row> rows =
        ConversationLock.rowsAsOfNow(
            sql.statement(
                    """
                    with wanted as (
                      select r."conversationId" as id, r."deliveredSeq" as delivered,
                        r."readSeq" as read, r."all" as reads_all
                      from jsonb_to_recordset(cast(:progress as jsonb)) as r(
                        "conversationId" uuid, "deliveredSeq" bigint, "readSeq" bigint, "all" boolean)
                    ), locked as (
                      select p.* from participants p
                      where p.user_id = :me and p.conversation_id in (select id from wanted)
                      order by p.conversation_id
                      for no key update
                    ), judged as (
                      select l.conversation_id, c.kind, coalesce(c.member_count, 2) as members,
                        l.last_delivered_seq as was_delivered, l.last_read_seq as was_read,
                        greatest(l.last_delivered_seq, w.delivered, w.read,
                          case when w.reads_all then s.last_seq end) as delivered,
                        greatest(l.last_read_seq, w.read,
                          case when w.reads_all then s.last_seq end) as read,
                        w.reads_all and l.marked_unread as unmarks,
                        bool_or(seen.block_version <> l.block_version) over () as outdated,
                        coalesce(bool_or(greatest(w.delivered, w.read) > s.last_seq) over (), false)
                          as beyond
                      from locked l
                      join wanted w on w.id = l.conversation_id
                      join conversations c on c.id = l.conversation_id
                      cross join lateral (select
                    """
                        + ConversationSql.lastSeq("c", "l")
                        + """
                      as last_seq) s
                      join participants seen
                        on seen.conversation_id = l.conversation_id and seen.user_id = l.user_id
                    ), moved as (
                      update participants p
                      set last_delivered_seq = j.delivered, last_read_seq = j.read,
                        marked_unread = p.marked_unread and j.read = j.was_read and not j.unmarks
                      from judged j
                      where p.conversation_id = j.conversation_id and p.user_id = :me
                        and not j.outdated and not j.beyond
                        and (j.delivered > j.was_delivered or j.read > j.was_read or j.unmarks)
                      returning j.*
                    ), others as (
                      select m.conversation_id, p.user_id, p.audience,
                        m.read > m.was_read and mine.read_receipts and u.read_receipts as reads,
                        m.delivered > m.was_delivered as receives
                      from moved m
                      join participants p
                        on p.conversation_id = m.conversation_id and p.user_id <> :me
                      join users u on u.id = p.user_id
                      join users mine on mine.id = :me
                      where m.members <= :shown
                        and not exists (
                          select from blocks b where b.blocker_id = :me and b.blocked_id = p.user_id)
                        and not exists (
                          select from blocks b where b.blocker_id = p.user_id and b.blocked_id = :me)
                    ), fed as (
                      insert into feed (audience, type, entity)
                      select cast(:me as uuid), 'CONVERSATION', conversation_id from moved
                      union all
                      select distinct
                        case when m.members - 1 = (
                            select count(*) from others all_others
                            where all_others.conversation_id = m.conversation_id)
                          then o.audience else o.user_id end,
                        case m.kind when 'DIRECT' then 'CONVERSATION' else 'RECEIPT' end,
                        m.conversation_id
                      from moved m join others o on o.conversation_id = m.conversation_id
                      where o.reads or o.receives
                    )
                    select j.*, m.conversation_id is not null as moved,
                      (select string_agg(cast(o.user_id as text), ',') from others o
                        where o.conversation_id = j.conversation_id and o.reads) as read_by,
                      (select string_agg(cast(o.user_id as text), ',') from others o
                        where o.conversation_id = j.conversation_id and o.receives
                          and not (o.reads and j.read = j.delivered)) as delivered_to
                    from judged j
                    left join moved m on m.conversation_id = j.conversation_id
                    """)
                .bind("progress", Json.write(progress))
                .bind("me", me.value())
                .bind("shown", ConversationRepository.MAX_SHOWN));
    if (rows.stream().anyMatch(row -> row.flag("beyond"))) {
      throw outOfRange();
    }
    return rows.stream().map(row -> grown(me, row)).toList();
  }

  /** One's own devices are told of whatever has moved. */
  private static Grown grown(UserId me, Row row) {
    long delivered = row.integer("delivered");
    long read = row.integer("read");
    boolean reads = row.flag("moved") && (read > row.integer("was_read") || row.flag("unmarks"));
    boolean receives = row.flag("moved") && delivered > row.integer("was_delivered");
    return new Grown(
        new OwnReceipt(new ConversationId(row.uuid("conversation_id")), delivered, read),
        row.integer("members"),
        users(row, "read_by", reads ? Stream.of(me) : Stream.empty()),
        users(
            row,
            "delivered_to",
            receives && !(reads && read == delivered) ? Stream.of(me) : Stream.empty()));
  }

  private static Set<UserId> users(Row row, String column, Stream<UserId> more) {
    return Stream.concat(row.uuids(column).map(UserId::new), more)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How far the participants of a conversation are.
   *
   * @param seq empty for the receipts themselves or, where there are too many, the last seq
   * @throws ChatException CONVERSATION_NOT_FOUND; SEQ_OUT_OF_RANGE
   */
  Receipts read(UserId me, ConversationId conversation, Optional<Long> seq) {
    List<Row> rows =
        sql.statement(
                """
                with asked as (
                  select c.id, c.last_seq, coalesce(cast(:seq as bigint), c.last_seq) as seq,
                    cast(:seq as bigint) is not null or coalesce(c.member_count, 2) > :shown
                      as counts
                  from participants p join conversations c on c.id = p.conversation_id
                  where p.conversation_id = :conversation and p.user_id = :me
                )
                select a.*, n.delivered, n.read, r.user_id, r.delivered_seq, r.read_seq
                from asked a
                left join visible_receipts r
                  on not a.counts and r.conversation_id = a.id and r.viewer_id = :me
                left join lateral (
                  select count(*) filter (where o.delivered_seq >= a.seq) as delivered,
                    case when (select u.read_receipts from users u where u.id = :me)
                      then count(*) filter (where o.read_seq >= a.seq) end as read
                  from visible_receipts o
                  where o.conversation_id = a.id and o.viewer_id = :me and o.user_id <> :me
                ) n on a.counts
                order by r.user_id
                """)
            .bind("seq", seq.map(String::valueOf).orElse(null))
            .bind("shown", ConversationRepository.MAX_SHOWN)
            .bind("conversation", conversation.value())
            .bind("me", me.value())
            .list(row -> row);
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    Row first = rows.getFirst();
    if (first.integer("seq") > first.integer("last_seq")) {
      throw outOfRange();
    }
    if (!first.flag("counts")) {
      return Receipts.of(conversation, rows.stream().map(Receipt::from).toList());
    }
    return Receipts.of(
        conversation,
        new Counts(
            first.integer("seq"), first.integer("delivered"), first.optionalInteger("read")));
  }

  /** The receipts of those of these conversations of this user that show them. */
  public List<Receipts> byIds(UserId me, Collection<UUID> ids) {
    return Pages.byIds(ids, PAGE, some -> read(me, some));
  }

  private List<Receipts> read(UserId me, List<UUID> ids) {
    Map<UUID, List<Receipt>> byConversation =
        sql
            .statement(
                """
                select r.* from visible_receipts r
                join conversations c on c.id = r.conversation_id
                where r.viewer_id = :me and r.conversation_id = any(cast(:ids as uuid[]))
                  and coalesce(c.member_count, 2) <= :shown
                order by r.conversation_id, r.user_id
                """)
            .bind("me", me.value())
            .bind("ids", ids)
            .bind("shown", ConversationRepository.MAX_SHOWN)
            .list(row -> Map.entry(row.uuid("conversation_id"), Receipt.from(row)))
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return byConversation.entrySet().stream()
        .map(entry -> Receipts.of(new ConversationId(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static ChatException outOfRange() {
    return new ChatException(
        ErrorCode.SEQ_OUT_OF_RANGE, "this seq is past the conversation's last message");
  }
}
