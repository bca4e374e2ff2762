package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import parley.connection.Connection;
import parley.connection.ConnectionTable;
import parley.platform.log.Invocation;

/**
 * Posts frames to many connections at once. A connection that is gone is removed from the table,
 * and only that one; one whose token has expired is closed instead of served.
 */
public final class Dispatcher {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final ConnectionTable table;
  private final ConnectionGateway gateway;
  private final Clock clock;

  public Dispatcher(ConnectionTable table, ConnectionGateway gateway, Clock clock) {
    this.table = table;
    this.gateway = gateway;
    this.clock = clock;
  }

  /**
   * Posts to every connection, in parallel on virtual threads.
   *
   * @param frames the frame for a connection
   * @param tries how often each is tried, with pauses of 50 ms, 100 ms, 200 ms and so on
   * @return the connections that could not be reached yet: the service failed, or they are so young
   *     that a 410 may mean "not yet"
   */
  List<Connection> dispatch(
      Collection<Connection> connections, Function<Connection, String> frames, int tries) {
    if (connections.size() == 1) {
      Connection only = connections.iterator().next();
      return serve(only, frames.apply(only), tries) ? List.of() : List.of(only);
    }
    Invocation invocation = Invocation.current();
    List<Future<Optional<Connection>>> unreached;
    // Closing it waits for all.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      unreached =
          connections.stream()
              .map(
                  connection ->
                      threads.submit(
                          invocation.carriedBy(
                              () ->
                                  serve(connection, frames.apply(connection), tries)
                                      ? Optional.<Connection>empty()
                                      : Optional.of(connection))))
              .toList();
    }
    return unreached.stream().map(Future::resultNow).flatMap(Optional::stream).toList();
  }

  /** Whether nothing is left to be done for this connection. */
  private boolean serve(Connection connection, String frame, int tries) {
    if (!connection.isAuthorized(clock.instant())) {
      drop(connection);
      return true;
    }
    for (int tried = 0; tried < tries; tried++) {
      if (tried > 0 && !pause(FIRST_PAUSE.multipliedBy(1L << (tried - 1)))) {
        return false;
      }
      switch (gateway.post(connection.id(), frame)) {
        case DELIVERED -> {
          return true;
        }
        case GONE -> {
          if (!connection.mayBeConnecting(clock.instant())) {
            forget(connection);
            return true;
          }
        }
        case FAILED -> {}
      }
    }
    return false;
  }

  private void drop(Connection connection) {
    try {
      gateway.close(connection.id());
    } catch (RuntimeException e) {
      // It closes by itself after two hours at the latest, and is served nothing until then.
    }
    forget(connection);
  }

  private void forget(Connection connection) {
    try {
      table.remove(connection.userId(), connection.id());
    } catch (RuntimeException e) {
      // The next send finds it gone again: a dead connection must cost the others nothing.
    }
  }

  private static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
