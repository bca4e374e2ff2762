package parley.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL that reads messages. */
public final class MessageRepository {
  /**
   * So many of the longest messages, each with its sender, stay under the Data API's 1 MiB, also if
   * they are all of characters that JSON writes in six.
   */
  static final int PAGE = 35;

  private static final Listing LISTING = new Listing("messages", 20, 100);

  /** How many of its newest messages a conversation comes with when a client starts. */
  public static final int NEWEST = 20;

  /** What a message takes in an answer of the Data API besides its content, in bytes, at most. */
  private static final int MESSAGE_BYTES = 2_800;

  /** The newest messages of one conversation fit in it, however long they are. */
  private static final int NEWEST_BYTES = 700_000;

  private final Sql sql;

  public MessageRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A page of history, newest first. Its cursor is a seq, which stays good when the message is
   * gone. The id of a message of the conversation that the reader sees is taken as a cursor too, as
   * clients of the replaced server send it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the reader takes part; INVALID_CURSOR
   */
  Page<Message> page(UserId reader, ConversationId conversation, PageRequest page) {
    Optional<UUID> last = page.cursor().flatMap(Ids::find);
    PageStart start = (last.isEmpty() ? page : page.first()).of(LISTING);
    if (!start.isFirst() && !conversation.value().equals(start.id(0))) {
      throw unknownCursor();
    }
    List<Message> messages = new ArrayList<>();
    Before before = new Before(last, start.isFirst() ? Long.MAX_VALUE : start.number(1));
    while (messages.size() < start.rows()) {
      int wanted = Math.min(PAGE, start.rows() - messages.size());
      List<Message> read = read(reader, conversation, before, wanted);
      messages.addAll(read);
      if (read.size() < wanted) {
        break;
      }
      before = new Before(Optional.empty(), read.getLast().seq());
    }
    return start.page(
        messages, Function.identity(), message -> List.of(conversation.value(), message.seq()));
  }

  /** Only messages older than this one, if there is one, and numbered below this. */
  private record Before(Optional<UUID> message, long seq) {}

  private List<Message> read(UserId reader, ConversationId conversation, Before before, int limit) {
    // A participant always gets a row, so that an empty page and a foreign conversation differ.
    List<Optional<Message>> rows =
        sql.statement(
                "select m.*,"
                    + Message.READ
                    + """
                , (cast(:before as uuid) is null or cursor.seq is not null) as cursor_known
                from participants p
                left join visible_messages cursor
                  on cursor.id = cast(:before as uuid) and cursor.reader_id = p.user_id
                    and cursor.conversation_id = p.conversation_id
                left join lateral (
                  select * from visible_messages v
                  where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
                    and v.seq < coalesce(cursor.seq, :before_seq)
                  order by seq desc
                  limit :limit) m on true
                """
                    + Message.WRITER
                    + """
                where p.conversation_id = :conversation and p.user_id = :me
                order by m.seq desc
                """)
            .bind("before", before.message().orElse(null))
            .bind("before_seq", before.seq())
            .bind("conversation", conversation.value())
            .bind("me", reader.value())
            .bind("limit", limit)
            .list(MessageRepository::historyRow);
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    return rows.stream().flatMap(Optional::stream).toList();
  }

  /** Those of these messages that this user may read, without their senders. */
  public List<Message> byIds(UserId me, Collection<UUID> ids) {
    return Pages.byIds(
        ids,
        PAGE,
        some ->
            sql.statement(
                    "select m.*,"
                        + Message.REACTIONS
                        + """
                    from visible_messages m
                    where m.reader_id = :me and m.id = any(cast(:ids as uuid[]))
                    """)
                .bind("me", me.value())
                .bind("ids", some)
                .list(Message::seen));
  }

  /**
   * A conversation with messages that have disappeared.
   *
   * @param hasReceipts whether its receipts are fed: it is a group of up to {@link
   *     ConversationRepository#MAX_SHOWN}
   */
  public record Disappeared(UUID conversation, boolean hasReceipts) {}

  /** The conversations of those of these messages that have disappeared and are not removed yet. */
  public List<Disappeared> disappeared(UserId me, Collection<UUID> ids) {
    return sql.statement(
            """
            select distinct c.id, c.kind = 'GROUP' and c.member_count <= :shown as has_receipts
            from messages m
            join participants p on p.conversation_id = m.conversation_id and p.user_id = :me
            join conversations c on c.id = m.conversation_id
            where m.id = any(cast(:ids as uuid[])) and m.expires_at <= now()
            """)
        .bind("me", me.value())
        .bind("ids", List.copyOf(ids))
        .bind("shown", ConversationRepository.MAX_SHOWN)
        .list(row -> new Disappeared(row.uuid("id"), row.flag("has_receipts")));
  }

  /**
   * The next conversations of this user in the order of their ids, each with its newest messages:
   * as many conversations as fit in an answer of the Data API, one at least. Their senders are left
   * out.
   */
  public NewestMessages newest(UserId me, UUID after, int limit) {
    List<NewestMessages.Line> lines =
        sql.statement(
                """
                with mine as (
                  select p.conversation_id, row_number() over (order by p.conversation_id) as place
                  from participants p
                  where p.user_id = :me and p.conversation_id > :after
                  order by p.conversation_id
                  limit :limit
                ), newest as (
                  select mine.conversation_id as in_conversation, mine.place, m.*,
                    sum(octet_length(cast(to_json(m.content) as text)) + :message_bytes)
                      over (order by mine.place) as bytes
                  from mine
                  left join lateral (
                    select * from visible_messages v
                    where v.reader_id = :me and v.conversation_id = mine.conversation_id
                    order by seq desc
                    limit :newest) m on true
                )
                select n.*, message_reactions(n.id, :me) as reactions,
                  (select count(*) from mine) = :limit or exists (
                    select from newest where place > 1 and bytes > :bytes) as has_more
                from newest n
                where n.place = 1 or n.bytes is null or n.bytes <= :bytes
                order by n.place, n.seq
                """)
            .bind("me", me.value())
            .bind("after", after)
            .bind("limit", limit)
            .bind("newest", NEWEST)
            .bind("message_bytes", MESSAGE_BYTES)
            .bind("bytes", NEWEST_BYTES)
            .list(
                row ->
                    new NewestMessages.Line(
                        new ConversationId(row.uuid("in_conversation")),
                        row.joined("id", Message::seen),
                        row.flag("has_more")));
    return NewestMessages.of(lines);
  }

  private static Optional<Message> historyRow(Row row) {
    if (!row.flag("cursor_known")) {
      throw unknownCursor();
    }
    return row.joined("id", Message::read);
  }

  private static ChatException unknownCursor() {
    return new ChatException(
        ErrorCode.INVALID_CURSOR,
        "cursor must be one that came with a page, or a message, of this conversation");
  }
}
