package parley.star;

import java.util.Set;
import parley.delivery.Broadcaster;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.MessageTargetRepository;
import parley.platform.ChatException;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.star.StarRepository.Outcome;
import parley.user.UserId;

/** Starring messages for oneself. One's own devices are told, and nobody else. */
public final class StarService {
  private final StarRepository stars;
  private final Broadcaster broadcaster;

  public StarService(StarRepository stars, Broadcaster broadcaster) {
    this.stars = stars;
    this.broadcaster = broadcaster;
  }

  /**
   * Stars a message; a starred one stays so.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; MESSAGE_DELETED; VALIDATION_FAILED for a system
   *     message
   */
  public Starred star(UserId me, MessageId message) {
    Outcome outcome = stars.star(me, message).orElseThrow(MessageTargetRepository::notFound);
    switch (outcome.verdict()) {
      case TAKEN -> {}
      case SYSTEM -> throw ChatException.invalid("system messages are not starred");
      case DELETED -> throw MessageTargetRepository.deleted();
    }
    Starred starred = new Starred(message, outcome.conversation(), true);
    if (outcome.changed()) {
      broadcaster.tell(Set.of(me), starred);
    }
    return starred;
  }

  /** Takes a star back; it is done also if there was none, or no such message. */
  public void unstar(UserId me, MessageId message) {
    stars
        .unstar(me, message)
        .ifPresent(
            conversation ->
                broadcaster.tell(Set.of(me), new Starred(message, conversation, false)));
  }

  /**
   * What {@code me} has starred and still sees, the newest message first, 30 on a page at most and
   * 20 unless the client says otherwise.
   */
  public Page<Message> list(UserId me, PageRequest page) {
    return stars.list(me, page);
  }
}
