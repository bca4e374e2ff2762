package parley.delivery;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.Protocol;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/**
 * A frame that is still to be posted, and to which connections.
 *
 * @param since when its event was handed on, which its latency is counted from
 * @param round how many deliveries of this frame before reached some connections and left these
 */
public record Delivery(String frame, List<Connection> connections, Instant since, int round)
    implements DeliveryTask {
  static final String KIND = "delivery";

  private static final String ROUND = "round";

  /** The first delivery of a frame. */
  public Delivery(String frame, List<Connection> connections, Instant since) {
    this(frame, connections, since, 0);
  }

  /** The delivery to those that this one has not reached. */
  Delivery leftTo(List<Connection> unreached) {
    return new Delivery(frame, unreached, since, round + 1);
  }

  @Override
  public String kind() {
    return KIND;
  }

  static Delivery read(JsonObject delivery) {
    if (!(delivery.value("connections") instanceof List<?> connections)) {
      throw new IllegalArgumentException("a delivery without connections");
    }
    return new Delivery(
        delivery.string("frame"),
        read(connections.stream()),
        Instant.parse(delivery.string("since")),
        // Absent in what a version without rounds has queued.
        Math.toIntExact(delivery.optionalInteger(ROUND).orElse(0L)));
  }

  private static List<Connection> read(Stream<? extends @Nullable Object> connections) {
    return connections.map(JsonObject::from).map(Delivery::connection).toList();
  }

  private static Connection connection(JsonObject connection) {
    return new Connection(
        new ConnectionId(connection.string("id")),
        new UserId(Ids.parse("userId", connection.string("userId"))),
        Protocol.valueOf(connection.string("protocol")),
        Instant.parse(connection.string("connectedAt")),
        Instant.parse(connection.string("authorizedUntil")),
        Boolean.TRUE.equals(connection.value("ready")));
  }

  @Override
  public String toString() {
    return "Delivery[to " + connections.size() + " connections]";
  }
}
