package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.ConnectionTable;
import parley.connection.Opening;
import parley.connection.OpeningTable;
import parley.connection.Protocol;
import parley.platform.Parallel;
import parley.platform.Sleeper;
import parley.platform.log.Invocation;

/**
 * Posts frames to many connections at once. A connection that is gone is removed from the table,
 * and only that one; one whose token has expired is closed instead of served.
 */
public final class Dispatcher {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final ConnectionTable table;
  private final OpeningTable openings;
  private final ConnectionGateway gateway;
  private final ConnectionCloser closer;
  private final Clock clock;
  private final Sleeper sleeper;

  public Dispatcher(
      ConnectionTable table,
      OpeningTable openings,
      ConnectionGateway gateway,
      ConnectionCloser closer,
      Clock clock,
      Sleeper sleeper) {
    this.table = table;
    this.openings = openings;
    this.gateway = gateway;
    this.closer = closer;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Posts to every connection, in parallel. */
  Dispatched dispatch(
      Collection<Connection> connections, Function<Connection, String> frames, Patience patience) {
    List<Served> all =
        Parallel.map(
            connections, connection -> serve(connection, frames.apply(connection), patience));
    return new Dispatched(
        all.stream().flatMap(served -> served.unreached().stream()).toList(),
        all.stream().flatMap(served -> served.taken().stream()).max(Comparator.naturalOrder()));
  }

  /**
   * What became of a frame for one connection.
   *
   * @param unreached the connection, if something is left to be done for it
   * @param taken when it took the post, if it did
   */
  private record Served(Optional<Connection> unreached, Optional<Instant> taken) {
    static final Served NOTHING_LEFT = new Served(Optional.empty(), Optional.empty());
  }

  /**
   * Posts the first frame of a connection that is opening, as soon as API Gateway takes it.
   *
   * @return false if the service failed every time
   */
  boolean greet(Greeting greeting, Patience patience) {
    Opening opening = greeting.opening();
    boolean connecting = false;
    for (int tried = 0; patience.allows(tried, connecting) && pauseBefore(tried); tried++) {
      if (!openings.contains(opening)) {
        // It has closed, or was greeted before: Lambda may run a task twice.
        return true;
      }
      switch (gateway.post(opening.id(), greeting.frame())) {
        case DELIVERED, TOO_LARGE -> {
          return true;
        }
        case GONE -> {
          if (!opening.mayBeConnecting(clock.instant())) {
            var _ = openings.remove(opening);
            return true;
          }
          connecting = true;
        }
        case FAILED -> connecting = false;
      }
    }
    return false;
  }

  /**
   * Posts to one connection. Before another try one that may be opening still is looked up: if its
   * item is gone it has closed in the meantime, and nothing is left to be done.
   */
  private Served serve(Connection connection, String frame, Patience patience) {
    if (!connection.isAuthorized(clock.instant())) {
      drop(connection);
      return Served.NOTHING_LEFT;
    }
    boolean ready = connection.ready();
    boolean connecting = false;
    for (int tried = 0; patience.allows(tried, connecting) && pauseBefore(tried); tried++) {
      if (tried > 0 && (connecting || !ready)) {
        Optional<Connection> now = find(connection);
        if (now.isEmpty()) {
          return Served.NOTHING_LEFT;
        }
        ready = now.get().ready();
      }
      if (!ready) {
        if (!connection.mayBecomeReady(clock.instant())) {
          drop(connection);
          return Served.NOTHING_LEFT;
        }
        continue;
      }
      switch (gateway.post(connection.id(), frame)) {
        case DELIVERED -> {
          return new Served(Optional.empty(), Optional.of(clock.instant()));
        }
        case TOO_LARGE -> {
          return Served.NOTHING_LEFT;
        }
        case GONE -> {
          if (!connection.mayBeConnecting(clock.instant())) {
            forget(connection);
            return Served.NOTHING_LEFT;
          }
          connecting = true;
        }
        case FAILED -> connecting = false;
      }
    }
    return new Served(Optional.of(connection), Optional.empty());
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

  /**
   * Closes connections of one bucket whose clients never said who they are, in parallel. One whose
   * client has said so in the meantime stays open.
   */
  void abandon(List<Opening> bucket) {
    Parallel.forEach(
        openings.removeAll(bucket), opening -> close(opening.id(), Protocol.SOCKET_IO));
  }

  private void close(ConnectionId connection, Protocol protocol) {
    try {
      closer.close(connection, protocol);
    } catch (RuntimeException e) {
      // It closes by itself after two hours at the latest, and is served nothing until then.
      Invocation.current().fault(e);
    }
  }

  /** Takes a connection that is gone from the table. */
  void forget(Connection connection) {
    try {
      table.remove(connection);
    } catch (RuntimeException e) {
      // The next send finds it gone again: a dead connection must cost the others nothing.
      Invocation.current().fault(e);
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
