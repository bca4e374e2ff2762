package parley.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  /** So many of the longest messages stay under the Data API's 1 MiB. */
  private static final int PAGE = 50;

  private final Sql sql;

  public MessageRepository(Sql sql) {
    this.sql = sql;
  }

  /** A stored message and everybody who is to be told. */
  record Stored(Message message, Set<UserId> participants) {}

  /**
   * Stores a message under the next seq of its conversation. The update of the conversation's row
   * is the lock that orders senders. The sender has read what they wrote.
   *
   * <p>A message that is stored already, by its id or its client id, is found instead of stored:
   * the collision undoes the whole statement, the seq with it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part
   */
  Stored store(MessageId id, UserId sender, Draft draft) {
    try {
      return insert(id, sender, draft).orElseThrow(ConversationRepository::notFound);
    } catch (SqlException e) {
      if (e.violatesUnique("messages_client_id") || e.violatesUnique("messages_pkey")) {
        return findSent(id, sender, draft).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private Optional<Stored> insert(MessageId id, UserId sender, Draft draft) {
    return sql.statement(
            """
            with numbered as (
              update conversations c set last_seq = last_seq + 1
              where c.id = :conversation and exists (
                select from participants p where p.conversation_id = c.id and p.user_id = :sender)
              returning id, last_seq
            ), m as (
              insert into messages
                (id, conversation_id, sender_id, seq, client_id, content, created_at)
              select :id, n.id, :sender, n.last_seq, :client_id, :content,
                date_trunc('milliseconds', clock_timestamp())
              from numbered n
              returning *
            ), marked as (
              update participants p set last_read_seq = m.seq
              from m
              where p.conversation_id = m.conversation_id and p.user_id = m.sender_id
            )
            select m.*, (
              select string_agg(cast(p.user_id as text), ',')
              from participants p where p.conversation_id = m.conversation_id) as participants
            from m
            """)
        .bind("id", id.value())
        .bind("conversation", draft.conversationId().value())
        .bind("sender", sender.value())
        .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
        .bind("content", draft.content())
        .first(MessageRepository::stored);
  }

  private Optional<Stored> findSent(MessageId id, UserId sender, Draft draft) {
    return sql.statement(
            """
            select m.*, (
              select string_agg(cast(p.user_id as text), ',')
              from participants p where p.conversation_id = m.conversation_id) as participants
            from messages m
            where m.sender_id = :sender
              and (m.id = :id or m.client_id = cast(:client_id as text))
            """)
        .bind("id", id.value())
        .bind("sender", sender.value())
        .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
        .first(MessageRepository::stored);
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
                  select * from messages
                  where conversation_id = p.conversation_id
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

  private static Optional<Message> historyRow(Row row) {
    if (!row.flag("cursor_known")) {
      throw new ChatException(
          ErrorCode.INVALID_CURSOR, "cursor must be a message of this conversation");
    }
    return row.isNull("id") ? Optional.empty() : Optional.of(message(row));
  }

  private static Stored stored(Row row) {
    Set<UserId> participants =
        Stream.of(row.string("participants").split(","))
            .map(id -> new UserId(UUID.fromString(id)))
            .collect(Collectors.toUnmodifiableSet());
    return new Stored(message(row), participants);
  }

  private static Message message(Row row) {
    return new Message(
        new MessageId(row.uuid("id")),
        row.string("content"),
        new UserId(row.uuid("sender_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.instant("created_at"),
        row.integer("seq"),
        row.optionalString("client_id").map(ClientId::new));
  }
}
