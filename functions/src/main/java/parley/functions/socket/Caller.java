package parley.functions.socket;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import parley.auth.Identity;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.Protocol;
import parley.platform.Ids;
import parley.user.UserId;

/**
 * Who is behind a connection. The authorizer writes it once, and API Gateway hands it on with every
 * later event of that connection, so that nobody needs to look it up.
 */
public final class Caller {
  private static final String USER_ID = "userId";
  private static final String EXPIRES_AT = "expiresAt";

  private Caller() {}

  /** What the authorizer writes: strings, as API Gateway makes strings of everything anyway. */
  public static Map<String, String> context(Identity identity) {
    return Map.of(
        USER_ID,
        identity.userId().value().toString(),
        EXPIRES_AT,
        Long.toString(identity.expiresAt().getEpochSecond()));
  }

  /** The connection that an event came from. */
  static Connection connection(RequestContext context) {
    Map<String, Object> authorizer = context.getAuthorizer();
    return new Connection(
        new ConnectionId(context.getConnectionId()),
        new UserId(Ids.parse(USER_ID, value(authorizer, USER_ID))),
        Protocol.PLAIN,
        Instant.ofEpochMilli(context.getConnectedAt()),
        Instant.ofEpochSecond(Long.parseLong(value(authorizer, EXPIRES_AT))));
  }

  private static String value(Map<String, Object> authorizer, String name) {
    return Objects.requireNonNull(authorizer.get(name), name).toString();
  }
}
