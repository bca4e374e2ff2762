package parley.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.connection.Connection;
import parley.connection.ConnectionTable;
import parley.connection.Protocol;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/**
 * Tells users something on all their connections: one read of the table, the event encoded once a
 * protocol, the posts in parallel. What cannot be posted at once is left to DeliveryFunction. The
 * cost does not depend on how many other users are connected.
 */
public final class Broadcaster {
  private static final int TRIES = 3;

  private final ConnectionTable table;
  private final Dispatcher dispatcher;
  private final DeliveryQueue queue;
  private final Map<Protocol, Function<ServerEvent, String>> encoders;

  /**
   * @param encoders how each protocol writes an event as a frame
   */
  public Broadcaster(
      ConnectionTable table,
      Dispatcher dispatcher,
      DeliveryQueue queue,
      Map<Protocol, Function<ServerEvent, String>> encoders) {
    this.table = table;
    this.dispatcher = dispatcher;
    this.queue = queue;
    this.encoders = Map.copyOf(encoders);
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
    long begin = System.nanoTime();
    List<Connection> connections = table.find(users);
    if (connections.isEmpty()) {
      return;
    }
    Map<Protocol, String> encoded = new ConcurrentHashMap<>();
    Function<Connection, String> frames =
        connection ->
            encoded.computeIfAbsent(connection.protocol(), protocol -> encode(protocol, event));
    List<Connection> rest = dispatcher.dispatch(connections, frames, TRIES);
    if (rest.isEmpty()) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);
      Invocation.current().took(Measure.DELIVERY_LATENCY, taken);
    }
    rest.stream()
        .collect(Collectors.groupingBy(frames))
        .forEach((frame, unreached) -> queue.add(new Delivery(frame, unreached)));
  }

  private String encode(Protocol protocol, ServerEvent event) {
    Function<ServerEvent, String> encoder = encoders.get(protocol);
    if (encoder == null) {
      throw new IllegalStateException("no encoder for " + protocol);
    }
    return encoder.apply(event);
  }
}
