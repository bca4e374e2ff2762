package parley.typing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.circle.Circle;
import parley.circle.CircleService;
import parley.connection.Connection;
import parley.connection.JoinedTable;
import parley.conversation.ConversationId;
import parley.delivery.Whisper;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

/** Telling that somebody types: a write, a read of who has joined, a read of the circle, posts. */
public final class TypingService {
  /** A user is heard in a conversation at most this often; what comes sooner is swallowed. */
  static final Duration PAUSE = Duration.ofSeconds(3);

  /** Two pauses, so that one that gets lost does not show. */
  static final Duration LIFETIME = Duration.ofSeconds(6);

  /** To more connections it is not told. */
  private static final int MOST = 100;

  private final JoinedTable joined;
  private final CircleService circles;
  private final Whisper whisper;
  private final Clock clock;

  public TypingService(JoinedTable joined, CircleService circles, Whisper whisper, Clock clock) {
    this.joined = joined;
    this.circles = circles;
    this.whisper = whisper;
    this.clock = clock;
  }

  /**
   * Tells those who have joined a conversation that the user of this connection, which has joined
   * it too, types or stops. Between two who block one another nothing is told, and the one who
   * types is answered the same.
   *
   * @throws ChatException NOT_JOINED
   */
  public void type(Connection connection, ConversationId conversation, boolean typing) {
    Instant now = clock.instant();
    switch (joined.type(conversation, connection.userId(), connection.id(), now, PAUSE)) {
      case NOT_JOINED ->
          throw new ChatException(
              ErrorCode.NOT_JOINED, "join this conversation first; big ones have no typing");
      case TOO_SOON -> {}
      case NOTED ->
          tell(
              connection,
              new TypingEvent(
                  conversation, connection.userId(), typing, typing ? now.plus(LIFETIME) : now));
    }
  }

  private void tell(Connection typist, TypingEvent event) {
    List<Connection> others = joined.others(event.conversationId(), typist.userId());
    if (others.isEmpty()) {
      return;
    }
    Circle circle = circles.of(typist.userId());
    Instant now = clock.instant();
    whisper.toConnections(
        others.stream()
            .filter(other -> circle.admits(other.userId()) && !other.isOutlived(now))
            .limit(MOST)
            .toList(),
        event);
  }
}
