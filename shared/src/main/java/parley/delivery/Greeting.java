package parley.delivery;

import parley.connection.ConnectionId;
import parley.platform.json.JsonObject;

/**
 * The first frame of a connection, which API Gateway takes only when $connect has returned.
 *
 * @param frame posted unless the client has answered one like it before
 */
public record Greeting(ConnectionId connection, String frame) implements DeliveryTask {
  static final String KIND = "greeting";

  @Override
  public String kind() {
    return KIND;
  }

  static Greeting read(JsonObject greeting) {
    return new Greeting(new ConnectionId(greeting.string("connection")), greeting.string("frame"));
  }
}
