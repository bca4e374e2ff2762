package parley.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import parley.user.UserId;

/**
 * One of the eighths into which connections are spread by their ids, so that each minute serves one
 * of them and each connection is served every {@link #PERIOD}. That is less than the ten minutes
 * after which API Gateway closes an idle connection.
 *
 * @param number 0 to 7
 */
public record Slot(int number) {
  private static final int COUNT = 8;

  /** All of them. */
  static final List<Slot> ALL = IntStream.range(0, COUNT).mapToObj(Slot::new).toList();

  /** How often a connection is served. */
  public static final Duration PERIOD = Duration.ofMinutes(COUNT);

  /** The slot of a connection, which never changes. */
  static Slot of(ConnectionId connection) {
    return new Slot(Math.floorMod(connection.value().hashCode(), COUNT));
  }

  /** The slot in which a user's going is noted. */
  static Slot of(UserId user) {
    return new Slot(Math.floorMod(user.value().hashCode(), COUNT));
  }

  /** The slot whose turn it is in a minute. */
  public static Slot at(Instant time) {
    return new Slot((int) (minute(time) % COUNT));
  }

  /** How often every slot had its turn before, counted from 1970; its parity alternates. */
  public static long round(Instant time) {
    return minute(time) / COUNT;
  }

  private static long minute(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 60);
  }
}
