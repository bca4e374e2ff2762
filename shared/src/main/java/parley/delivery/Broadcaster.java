package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.connection.Connection;
import parley.connection.ConnectionTable;
import parley.platform.Parallel;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/**
 * Tells users something on all their connections: one read of the table, the event encoded once a
 * protocol, the posts in parallel. What cannot be posted at once is left to DeliveryFunction. The
 * cost does not depend on how many other users are connected.
 */
public final class Broadcaster {
  /** To more connections than this nothing is posted while the sender waits: docs/delivery.md. */
  static final int MAX_DIRECT = 100;

  /**
   * With the longest frame this stays below the 256 KB that Lambda takes in an asynchronous
   * invocation.
   */
  private static final int CHUNK = 500;

  private static final Patience PATIENCE = Patience.of(3);

  private final ConnectionTable table;
  private final Dispatcher dispatcher;
  private final DeliveryQueue queue;
  private final FrameEncoders encoders;
  private final Clock clock;

  public Broadcaster(
      ConnectionTable table,
      Dispatcher dispatcher,
      DeliveryQueue queue,
      FrameEncoders encoders,
      Clock clock) {
    this.table = table;
    this.dispatcher = dispatcher;
    this.queue = queue;
    this.encoders = encoders;
    this.clock = clock;
  }

  /**
   * Tells users of what is stored already, and what catching up would tell them too: that it fails
   * is logged and no reason to fail.
   */
  public void tell(Collection<UserId> users, ServerEvent event) {
    try {
      send(users, event);
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }

  /**
   * Sends an event to every connection that these users have. When it returns none was left out:
   * each has got it, or has it queued.
   *
   * @throws RuntimeException if the table or the queue failed
   */
  public void send(Collection<UserId> users, ServerEvent event) {
    send(users, List.of(event));
  }

  /** Sends several events to the same users, one after the other, by one read of the table. */
  public void send(Collection<UserId> users, List<ServerEvent> events) {
    Instant since = clock.instant();
    List<Connection> connections = table.find(users);
    events.forEach(event -> send(connections, event, since));
  }

  private void send(List<Connection> connections, ServerEvent event, Instant since) {
    if (connections.isEmpty()) {
      return;
    }
    Function<Connection, String> frames = encoders.frames(event);
    if (connections.size() > MAX_DIRECT) {
      leave(connections, frames, since);
      return;
    }
    Dispatched dispatched = dispatcher.dispatch(connections, frames, PATIENCE);
    if (dispatched.unreached().isEmpty()) {
      dispatched
          .lastTaken()
          .map(taken -> Duration.between(since, taken))
          .ifPresent(taken -> Invocation.current().took(Measure.DELIVERY_LATENCY, taken));
    }
    leave(dispatched.unreached(), frames, since);
  }

  /** Leaves connections to DeliveryFunction; when this returns it has them all. */
  private void leave(
      List<Connection> connections, Function<Connection, String> frames, Instant since) {
    List<Delivery> deliveries = new ArrayList<>();
    connections.stream()
        .collect(Collectors.groupingBy(frames))
        .forEach(
            (frame, all) -> {
              for (int start = 0; start < all.size(); start += CHUNK) {
                int end = Math.min(start + CHUNK, all.size());
                deliveries.add(new Delivery(frame, List.copyOf(all.subList(start, end)), since));
              }
            });
    Parallel.forEach(deliveries, queue::add);
  }
}
