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
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** The SQL of messages. */
public final class MessageRepository {
  /**
   * So many of the longest messages stay under the Data API's 1 MiB, also if they are all of
   * characters that JSON writes in six.
   */
  private static final int PAGE = 40;

  /** How many of its newest messages a conversation comes with when a client starts. */
  private static final int NEWEST = 20;

  /** What a message takes in an answer of the Data API besides its content, in bytes, at most. */
  private static final int MESSAGE_BYTES = 700;

  /** The newest messages of one conversation fit in it, however long they are. */
  private static final int NEWEST_BYTES = 700_000;

  /** How many messages that have disappeared a send removes at most. */
  private static final int DISAPPEARING = 500;

  private final Sql sql;

  public MessageRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Stores a message under the next seq of its conversation. The lock of the conversation's row
   * orders senders. It is taken before the transaction has an id ({@link
   * ConversationRepository#TURN}): so the messages of a conversation are in the feed in the order
   * of their seq. The sender has read what they wrote.
   *
   * <p>What a blocked person writes is hidden from who blocks them, who is taken to have read it so
   * that it does not count as unread. Whether they are blocked is read under the lock, from the row
   * that has it: a block that was there first is seen, though this statement began before it.
   *
   * <p>A message that is stored already, by its id or its client id, is found instead of stored:
   * the collision undoes the whole statement, the seq with it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part; BLOCKED_BY_YOU
   */
  Stored store(MessageId id, UserId sender, Draft draft) {
    try {
      return insert(id, sender, draft)
          .or(() -> findSent(id, sender, draft))
          .orElseThrow(() -> ConversationRepository.refusal(sql, sender, draft.conversationId()));
    } catch (SqlException e) {
      if (e.violatesUnique("messages_client_id") || e.violatesUnique("messages_pkey")) {
        return findSent(id, sender, draft).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private Optional<Stored> insert(MessageId id, UserId sender, Draft draft) {
    return ConversationRepository.asOfNow(
            sql.statement(
                    ConversationRepository.LOCK
                        + """
                        , numbered as (
                          update conversations c set last_seq = c.last_seq + 1
                          from current l
                          where c.id = l.id
                          returning c.id, c.last_seq, c.disappearing_seconds, l.hidden,
                            date_trunc('milliseconds', clock_timestamp()) as now
                        ), m as (
                          insert into messages (id, conversation_id, sender_id, seq, client_id,
                            content, created_at, expires_at)
                          select :id, n.id, :me, n.last_seq, :client_id, :content,
                            n.now, n.now + make_interval(secs => n.disappearing_seconds)
                          from numbered n
                          returning *
                        ), marked as (
                          update participants p
                          set last_read_seq = n.last_seq,
                            marked_unread = p.marked_unread and p.user_id <> :me
                          from numbered n
                          where p.conversation_id = n.id and (p.user_id = :me or n.hidden)
                        ), fed as (
                          insert into feed (audience, type, entity)
                          select distinct a.audience, 'MESSAGE', m.id
                          from m cross join audience a
                        ), disappeared as (
                          delete from messages where id in (
                            select e.id
                            from current l join messages e on e.conversation_id = l.id
                            where e.expires_at <= now()
                            limit :disappearing)
                        )
                        """
                        + ChangeRepository.HIDE
                        + "select m.id is null as outdated, m.*, "
                        + Stored.AUDIENCE
                        + "from locked l left join m on true")
                .bind("id", id.value())
                .bind("conversation", draft.conversationId().value())
                .bind("me", sender.value())
                .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
                .bind("content", draft.content())
                .bind("disappearing", DISAPPEARING))
        .map(Stored::from);
  }

  private Optional<Stored> findSent(MessageId id, UserId sender, Draft draft) {
    return sql.statement(
            Stored.FOUND
                + """
                where m.sender_id = :sender
                  and (m.id = :id or m.client_id = cast(:client_id as text))
                """)
        .bind("id", id.value())
        .bind("sender", sender.value())
        .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
        .first(Stored::from);
  }

  /** Those of these messages that are stored, whoever may read them. */
  List<Stored> stored(List<UUID> ids) {
    return inBatches(
        ids,
        batch ->
            sql.statement(Stored.FOUND + "where m.id = any(cast(:ids as uuid[]))")
                .bind("ids", batch)
                .list(Stored::from));
  }

  /**
   * A page of history, newest first.
   *
   * @param before only messages older than this one, which must be of this conversation
   * @throws ChatException CONVERSATION_NOT_FOUND unless the reader takes part; INVALID_CURSOR
   */
  List<Message> page(
      UserId reader, ConversationId conversation, Optional<MessageId> before, int limit) {
    List<Message> messages = new ArrayList<>();
    Optional<MessageId> cursor = before;
    while (messages.size() < limit) {
      int wanted = Math.min(PAGE, limit - messages.size());
      List<Message> page = read(reader, conversation, cursor, wanted);
      messages.addAll(page);
      if (page.size() < wanted) {
        break;
      }
      cursor = Optional.of(page.getLast().id());
    }
    return messages;
  }

  private List<Message> read(
      UserId reader, ConversationId conversation, Optional<MessageId> before, int limit) {
    // A participant always gets a row, so that an empty page and a foreign conversation differ.
    List<Optional<Message>> rows =
        sql.statement(
                """
                select m.*, (cast(:before as uuid) is null or cursor.seq is not null) as cursor_known
                from participants p
                left join messages cursor
                  on cursor.id = cast(:before as uuid) and cursor.conversation_id = p.conversation_id
                left join lateral (
                  select * from visible_messages v
                  where v.reader_id = p.user_id and v.conversation_id = p.conversation_id
                    and (cast(:before as uuid) is null or seq < cursor.seq)
                  order by seq desc
                  limit :limit) m on true
                where p.conversation_id = :conversation and p.user_id = :reader
                order by m.seq desc
                """)
            .bind("before", before.map(MessageId::value).orElse(null))
            .bind("conversation", conversation.value())
            .bind("reader", reader.value())
            .bind("limit", limit)
            .list(MessageRepository::historyRow);
    if (rows.isEmpty()) {
      throw ConversationRepository.notFound();
    }
    return rows.stream().flatMap(Optional::stream).toList();
  }

  /** Those of these messages that this user may read. */
  public List<Message> byIds(UserId me, Collection<UUID> ids) {
    return inBatches(
        List.copyOf(ids),
        batch ->
            sql.statement(
                    """
                    select m.* from visible_messages m
                    where m.reader_id = :me and m.id = any(cast(:ids as uuid[]))
                    """)
                .bind("me", me.value())
                .bind("ids", batch)
                .list(Message::from));
  }

  private static <T> List<T> inBatches(List<UUID> ids, Function<List<UUID>, List<T>> read) {
    List<T> found = new ArrayList<>();
    for (int start = 0; start < ids.size(); start += PAGE) {
      found.addAll(read.apply(ids.subList(start, Math.min(start + PAGE, ids.size()))));
    }
    return found;
  }

  /**
   * The next conversations of this user in the order of their ids, each with its newest messages:
   * as many conversations as fit in an answer of the Data API, one at least.
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
                select n.*,
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
                        row.joined("id", Message::from),
                        row.flag("has_more")));
    return NewestMessages.of(lines);
  }

  private static Optional<Message> historyRow(Row row) {
    if (!row.flag("cursor_known")) {
      throw new ChatException(
          ErrorCode.INVALID_CURSOR, "cursor must be a message of this conversation");
    }
    return row.joined("id", Message::from);
  }
}
