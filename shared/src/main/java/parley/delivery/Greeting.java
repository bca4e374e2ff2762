package parley.delivery;

import java.time.Instant;
import parley.connection.ConnectionId;
import parley.connection.Opening;
import parley.connection.Origin;
import parley.platform.json.JsonObject;

/**
 * The first frame of a connection, which API Gateway takes only when $connect has returned.
 *
 * @param frame posted unless the client has answered one like it before
 */
public record Greeting(Opening opening, String frame) implements DeliveryTask {
  static final String KIND = "greeting";

  @Override
  public String kind() {
    return KIND;
  }

  static Greeting read(JsonObject greeting) {
    JsonObject opening = greeting.object("opening");
    return new Greeting(
        new Opening(
            new ConnectionId(opening.string("id")),
            new Origin(opening.string("origin")),
            Instant.parse(opening.string("connectedAt"))),
        greeting.string("frame"));
  }
}
