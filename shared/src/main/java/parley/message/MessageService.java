package parley.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.conversation.ConversationId;
import parley.delivery.Broadcaster;
import parley.message.PendingSends.PendingSend;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/** Sending messages and reading the history. */
public final class MessageService {
  /** No function that sends lives longer than 29 s. */
  private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(45);

  /**
   * When there is no message yet, there will be none: a function that waited for the database to
   * wake up starts a statement within 29 s, and the Data API ends it after 45 s.
   */
  private static final Duration STORED_WITHIN = Duration.ofMinutes(3);

  private final MessageRepository messages;
  private final SendRepository sends;
  private final PendingSends pending;
  private final Broadcaster broadcaster;
  private final Ids ids;

  public MessageService(
      MessageRepository messages,
      SendRepository sends,
      PendingSends pending,
      Broadcaster broadcaster,
      Ids ids) {
    this.messages = messages;
    this.sends = sends;
    this.pending = pending;
    this.broadcaster = broadcaster;
    this.ids = ids;
  }

  /**
   * Stores a message and hands it to every connection of every participant, the sender's own
   * included. When this returns it is stored, and has been handed to all of them or is queued to
   * be: one Data API call, one DynamoDB read and, so that a function that dies in between loses
   * nothing, a note that is written before and removed after. Sent again under the same client id
   * it gives the first result and is delivered again.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part; BLOCKED_BY_YOU in
   *     the conversation with somebody whom they block; CLIENT_ID_REUSED if that client id stands
   *     for another message, MESSAGE_GONE for one that has disappeared; as the draft names them,
   *     MESSAGE_NOT_FOUND, MEMBER_NOT_FOUND or VALIDATION_FAILED
   */
  public SentMessage send(UserId sender, Draft draft) {
    return send(id -> store(id, sender, draft));
  }

  /**
   * Gives what was sent under a client id, and delivers it again, as sending it again does.
   *
   * @throws ChatException MESSAGE_GONE if it has disappeared; MESSAGE_NOT_FOUND
   */
  SentMessage repeat(UserId sender, ClientId clientId) {
    return send(
        id ->
            sends
                .find(id, sender, Optional.of(clientId))
                .orElseThrow(MessageTargetRepository::notFound));
  }

  private SentMessage send(Function<MessageId, Stored> store) {
    MessageId id = new MessageId(ids.next());
    PendingSend note = pending.add(id);
    Stored stored = pending.storing(note, () -> store.apply(id));
    Invocation.current().count(Measure.SENDS, 1);
    deliver(stored, note, message -> {});
    return SentMessage.of(stored.message());
  }

  private Stored store(MessageId id, UserId sender, Draft draft) {
    Stored stored = sends.store(id, sender, draft);
    if (!draft.isOf(stored.message())) {
      throw new ChatException(
          ErrorCode.CLIENT_ID_REUSED, "this clientId stands for another message of yours");
    }
    return stored;
  }

  /**
   * Delivers what was stored but, as its note tells, not handed to everybody within {@link
   * #DELIVERED_WITHIN}, because a function died or a service failed.
   *
   * @param now the time; what is younger is still being sent
   * @param left does what else was to be done with the message
   */
  public void deliverPending(Instant now, Consumer<Message> left) {
    List<PendingSend> notes = pending.before(now.minus(DELIVERED_WITHIN));
    Map<MessageId, Stored> stored =
        sends.stored(notes.stream().map(note -> note.id().value()).toList()).stream()
            .collect(Collectors.toMap(found -> found.message().id(), Function.identity()));
    for (PendingSend note : notes) {
      Stored found = stored.get(note.id());
      if (found != null) {
        Invocation.current().count(Measure.SWEPT, 1);
        deliver(found, note, left);
      } else if (note.at().isBefore(now.minus(STORED_WITHIN))) {
        pending.drop(note);
      }
    }
  }

  /** Hands a message on; what fails keeps its note, by which it is delivered later. */
  private void deliver(Stored stored, PendingSend note, Consumer<Message> first) {
    try {
      first.accept(stored.message());
      broadcaster.send(stored.audience(), SentMessage.of(stored.message()));
      pending.remove(note);
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }

  /**
   * A page of a conversation's messages, newest first, 100 at most and 20 unless the client says
   * otherwise. A page never changes under writes, because it goes by seq and messages are only
   * added at the newer end.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the reader takes part; INVALID_CURSOR
   */
  public Page<Message> history(UserId reader, ConversationId conversation, PageRequest page) {
    return messages.page(reader, conversation, page);
  }
}
