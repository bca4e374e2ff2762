package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.Opening;
import parley.connection.Protocol;
import parley.delivery.ConnectionGateway.Outcome;
import parley.platform.Sleeper;
import parley.platform.log.Invocation;

/**
 * Posts frames to many connections at once. A connection that is gone is removed from the table,
 * and only that one; one whose token has expired is closed instead of served.
 */
public final class Dispatcher {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final ConnectionTable table;
  private final ConnectionSlots slots;
  private final ConnectionGateway gateway;
  private final ConnectionCloser closer;
  private final Clock clock;
  private final Sleeper sleeper;

  public Dispatcher(
      ConnectionTable table,
      ConnectionSlots slots,
      ConnectionGateway gateway,
      ConnectionCloser closer,
      Clock clock,
      Sleeper sleeper) {
    this.table = table;
    this.slots = slots;
    this.gateway = gateway;
    this.closer = closer;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Posts to every connection, in parallel on virtual threads.
   *
   * @param frames the frame for a connection
   * @param tries how often each is tried, with pauses of up to 50 ms, 100 ms, 200 ms and so on
   * @return the connections that could not be reached yet: the service failed, or they are so young
   *     that a 410 may mean "not yet", or they are not ready yet
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

  /**
   * Posts the first frame of a connection that is opening, as soon as API Gateway takes it.
   *
   * @return false if the service failed every time
   */
  boolean greet(Greeting greeting, int tries) {
    for (int tried = 0; tried < tries && pauseBefore(tried); tried++) {
      if (slots.findOpening(greeting.connection()).isEmpty()) {
        // It has closed, or was greeted before: Lambda may run a task twice.
        return true;
      }
      if (gateway.post(greeting.connection(), greeting.frame()) == Outcome.DELIVERED) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is left to be done for this connection. */
  private boolean serve(Connection connection, String frame, int tries) {
    if (!connection.isAuthorized(clock.instant())) {
      drop(connection);
      return true;
    }
    boolean ready = connection.ready();
    for (int tried = 0; tried < tries && pauseBefore(tried); tried++) {
      if (!ready && tried > 0) {
        Optional<Connection> now = find(connection);
        if (now.isEmpty()) {
          return true;
        }
        ready = now.get().ready();
      }
      if (!ready) {
        if (!connection.mayBecomeReady(clock.instant())) {
          drop(connection);
          return true;
        }
        continue;
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

  private Optional<Connection> find(Connection connection) {
    return table.find(List.of(connection.userId())).stream()
        .filter(found -> found.id().equals(connection.id()))
        .findFirst();
  }

  /** Closes a connection that must not be served any more. */
  void drop(Connection connection) {
    close(connection.id(), connection.protocol());
    forget(connection);
  }

  /** Closes a connection whose client never said who it is. */
  void abandon(Opening opening) {
    // Else it has said so in the meantime.
    if (slots.removeOpening(opening.id())) {
      close(opening.id(), Protocol.SOCKET_IO);
    }
  }

  private void close(ConnectionId connection, Protocol protocol) {
    try {
      closer.close(connection, protocol);
    } catch (RuntimeException e) {
      // It closes by itself after two hours at the latest, and is served nothing until then.
    }
  }

  /** Takes a connection that is gone from the table. */
  void forget(Connection connection) {
    try {
      table.remove(connection);
    } catch (RuntimeException e) {
      // The next send finds it gone again: a dead connection must cost the others nothing.
    }
  }

  /**
   * Waits before another try: not before the first, then up to 50 ms, 100 ms, 200 ms and so on.
   * Half of it for sure and half by chance, so that those who failed together do not come again so.
   */
  private boolean pauseBefore(int tried) {
    if (tried == 0) {
      return true;
    }
    long half = FIRST_PAUSE.multipliedBy(1L << (tried - 1)).toMillis() / 2;
    try {
      sleeper.sleep(Duration.ofMillis(half + ThreadLocalRandom.current().nextLong(half + 1)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
