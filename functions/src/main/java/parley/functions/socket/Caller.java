package parley.functions.socket;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.auth.Identity;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.Opening;
import parley.connection.Origin;
import parley.connection.Protocol;
import parley.platform.Ids;
import parley.user.UserId;

/**
 * Who is behind a connection. The authorizer writes it once, and API Gateway hands it on with every
 * later event of that connection, so that nobody needs to look it up.
 *
 * @param identity who the token spoke for that came with the handshake; none of a Socket.IO client
 *     that is to say later who it is
 * @param origin that user, or else the address
 */
public record Caller(
    ConnectionId id,
    Protocol protocol,
    Instant connectedAt,
    Optional<Identity> identity,
    Origin origin) {
  private static final String PROTOCOL = "protocol";
  private static final String USER_ID = "userId";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String ADDRESS = "address";

  /**
   * What the authorizer writes: strings, as API Gateway makes strings of everything anyway.
   *
   * @param address where the client comes from; written if nothing else tells who it is
   */
  public static Map<String, String> context(
      Protocol protocol, Optional<Identity> identity, Origin address) {
    Map<String, String> context = new HashMap<>();
    context.put(PROTOCOL, protocol.name());
    identity.ifPresentOrElse(
        known -> {
          context.put(USER_ID, known.userId().value().toString());
          context.put(EXPIRES_AT, Long.toString(known.expiresAt().getEpochSecond()));
        },
        () -> context.put(ADDRESS, address.value()));
    return context;
  }

  /** Who an event came from. */
  static Caller of(RequestContext context) {
    Map<String, Object> authorizer = context.getAuthorizer();
    Optional<Identity> identity = identity(authorizer);
    return new Caller(
        new ConnectionId(context.getConnectionId()),
        Protocol.valueOf(required(authorizer, PROTOCOL)),
        Instant.ofEpochMilli(context.getConnectedAt()),
        identity,
        identity.map(known -> Origin.of(known.userId())).orElseGet(() -> address(authorizer)));
  }

  private static Optional<Identity> identity(Map<String, Object> authorizer) {
    @Nullable Object user = authorizer.get(USER_ID);
    return user == null
        ? Optional.empty()
        : Optional.of(
            new Identity(
                new UserId(Ids.parse(USER_ID, user.toString())),
                Instant.ofEpochSecond(Long.parseLong(required(authorizer, EXPIRES_AT)))));
  }

  /** A connection that opened before the authorizer wrote addresses has none. */
  private static Origin address(Map<String, Object> authorizer) {
    @Nullable Object address = authorizer.get(ADDRESS);
    return address == null ? Origin.ofAddress(null) : new Origin(address.toString());
  }

  /** The connection before its client has said who it is. */
  Opening opening() {
    return new Opening(id, origin, connectedAt);
  }

  /**
   * The connection, once it is known whose it is.
   *
   * @param ready whether it may be sent to at once
   */
  Connection connection(Identity owner, boolean ready) {
    return new Connection(id, owner.userId(), protocol, connectedAt, owner.expiresAt(), ready);
  }

  private static String required(Map<String, Object> authorizer, String name) {
    return Objects.requireNonNull(authorizer.get(name), name).toString();
  }
}
