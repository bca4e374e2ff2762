package parley.message;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationSql;
import parley.platform.ChatException;
import parley.platform.json.Json;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of what forwarding takes besides sending. */
public final class ForwardRepository {
  private final Sql sql;

  public ForwardRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * What is to be copied.
   *
   * @param content empty if there is none any more, and so all is copied
   * @param isChanged whether it may have been another one when it was copied
   * @param copied the client ids of the copies that are made already
   * @param gone the client ids of the copies that were made and have disappeared since
   */
  record Original(String content, boolean isChanged, Set<ClientId> copied, Set<ClientId> gone) {}

  /**
   * A message that {@code me} may copy into all of these conversations, or has already.
   *
   * @throws ChatException unless it is copied into all: MESSAGE_NOT_FOUND; MESSAGE_DELETED;
   *     VALIDATION_FAILED for a system message; CONVERSATION_NOT_FOUND unless {@code me} takes part
   *     in all; BLOCKED_BY_YOU
   */
  Original original(UserId me, MessageId message, Forward forward) {
    List<UUID> ids = forward.conversationIds().stream().map(ConversationId::value).toList();
    List<String> clientIds =
        forward.conversationIds().stream()
            .flatMap(conversation -> forward.clientId(conversation).stream())
            .map(ClientId::value)
            .toList();
    Row row =
        sql.statement(
                """
                select v.id, v.content, v.kind, v.edited_at, v.deleted_at,
                  mine.conversations, mine.blocks, (
                    select string_agg(m.client_id, ' ') from messages m
                    where m.sender_id = :me
                      and (m.forwarded or coalesce(m.edited_at, m.deleted_at) is not null)
                      and m.client_id in (
                        select jsonb_array_elements_text(cast(:client_ids as jsonb)))) as copied, (
                    select string_agg(s.client_id, ' ') from spent_client_ids s
                    where s.sender_id = :me
                      and s.client_id in (
                        select jsonb_array_elements_text(cast(:client_ids as jsonb)))) as gone
                from (
                  select count(*) as conversations, coalesce(bool_or(
                """
                    + ConversationSql.blocksOther("c", ":me")
                    + """
                    ), false) as blocks
                  from participants p join conversations c on c.id = p.conversation_id
                  where p.user_id = :me
                    and p.conversation_id = any(cast(:conversations as uuid[]))) mine
                left join visible_messages v on v.reader_id = :me and v.id = :message
                """)
            .bind("me", me.value())
            .bind("message", message.value())
            .bind("conversations", ids)
            .bind("client_ids", Json.write(clientIds))
            .first(found -> found)
            .orElseThrow();
    Set<ClientId> copied = clientIds(row, "copied");
    Set<ClientId> gone = clientIds(row, "gone");
    Optional<ChatException> refusal = refusal(row, ids.size());
    if (refusal.isPresent() && copied.size() + gone.size() < ids.size()) {
      throw refusal.get();
    }
    return new Original(
        row.optionalString("content").orElse(""),
        refusal.isPresent() || !row.isNull("edited_at"),
        copied,
        gone);
  }

  private static Set<ClientId> clientIds(Row row, String column) {
    return row.optionalString(column).stream()
        .flatMap(found -> Stream.of(found.split(" ")))
        .map(ClientId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<ChatException> refusal(Row row, int conversations) {
    if (row.isNull("id")) {
      return Optional.of(MessageTargetRepository.notFound());
    }
    if (!row.isNull("deleted_at")) {
      return Optional.of(MessageTargetRepository.deleted());
    }
    if (row.string("kind").equals("SYSTEM")) {
      return Optional.of(ChatException.invalid("a system message cannot be forwarded"));
    }
    if (row.integer("conversations") < conversations) {
      return Optional.of(ConversationRepository.notFound());
    }
    return row.flag("blocks") ? Optional.of(ChatException.blockedByYou()) : Optional.empty();
  }
}
