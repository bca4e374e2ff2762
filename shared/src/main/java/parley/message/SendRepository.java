package parley.message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationLock;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** The SQL that stores messages. */
public final class SendRepository {
  private final Sql sql;

  public SendRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Stores a message under the next seq of its conversation. The sender has read what they wrote.
   *
   * <p>A blocked person's message is hidden from the person who blocks them, and changes nothing of
   * what that person has.
   *
   * <p>A message that is stored already, by its id or its client id, is found instead of stored:
   * the collision undoes the whole statement, the seq with it. So it is if what the message answers
   * or whom it mentions is not there any more. One that has disappeared since is refused.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part; BLOCKED_BY_YOU;
   *     MESSAGE_GONE; MESSAGE_NOT_FOUND for an answer to what the sender does not see in this
   *     conversation; VALIDATION_FAILED for mentions outside of a group; MEMBER_NOT_FOUND for one
   *     of somebody who is not in it
   */
  Stored store(MessageId id, UserId sender, Draft draft) {
    try {
      Optional<Row> row = insert(id, sender, draft);
      return row.filter(stored -> !stored.isNull("id"))
          .map(Stored::from)
          .or(() -> find(id, sender, draft.clientId()))
          .orElseThrow(
              () ->
                  row.map(SendRepository::refusal)
                      .orElseGet(
                          () -> ConversationLock.refusal(sql, sender, draft.conversationId())));
    } catch (SqlException e) {
      if (e.violatesUnique("messages_client_id") || e.violatesUnique("messages_pkey")) {
        return find(id, sender, draft.clientId()).orElseThrow(() -> e);
      }
      if (SpentClientIdRepository.refuse(e)) {
        throw gone();
      }
      throw e;
    }
  }

  /** V31__send_message.sql has the function. */
  private Optional<Row> insert(MessageId id, UserId sender, Draft draft) {
    return sql.statement(
            """
            select sent.refused, sent.audience, (sent.m).*
            from send_message(:id, :me, :conversation, :client_id, :content, :reply_to,
              cast(:mentions as uuid[]), :forwarded) sent
            """)
        .bind("id", id.value())
        .bind("me", sender.value())
        .bind("conversation", draft.conversationId().value())
        .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
        .bind("content", draft.content())
        .bind("reply_to", draft.replyTo().map(MessageId::value).orElse(null))
        .bind("mentions", draft.mentions().ids())
        .bind("forwarded", draft.forwarded())
        .first(Function.identity());
  }

  /** Why a message was not stored in a conversation in which its sender may write. */
  private static ChatException refusal(Row row) {
    String reason = row.string("refused");
    return switch (reason) {
      case "REPLY" -> MessageTargetRepository.notFound();
      case "MENTION_OUTSIDE_OF_A_GROUP" -> Mentions.onlyInGroups();
      case "MENTION_OF_A_STRANGER" -> Mentions.notInGroup();
      default -> throw new IllegalStateException(reason);
    };
  }

  /**
   * What this sender has sent under this id or client id, whoever may read it.
   *
   * @throws ChatException MESSAGE_GONE if it has disappeared
   */
  Optional<Stored> find(MessageId id, UserId sender, Optional<ClientId> clientId) {
    return sql.statement(
            SpentClientIdRepository.finding(
                "(m.id = :id or m.client_id = cast(:client_id as text))"))
        .bind("id", id.value())
        .bind("sender", sender.value())
        .bind("client_id", clientId.map(ClientId::value).orElse(null))
        .first(row -> SpentClientIdRepository.found(row, SendRepository::gone))
        .flatMap(Function.identity());
  }

  /** What is told of a message that has disappeared to who sends it again. */
  static ChatException gone() {
    return new ChatException(
        ErrorCode.MESSAGE_GONE, "what you sent under this clientId has disappeared");
  }

  /** Those of these messages that are stored, whoever may read them. */
  List<Stored> stored(List<UUID> ids) {
    return Pages.byIds(
        ids,
        MessageRepository.PAGE,
        some ->
            sql.statement(Stored.FOUND + "where m.id = any(cast(:ids as uuid[]))")
                .bind("ids", some)
                .list(Stored::from));
  }
}
