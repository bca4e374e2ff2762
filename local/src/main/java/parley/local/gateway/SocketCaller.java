package parley.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection.
 *
 * @param userAgent empty if the client sent none
 * @param authorizer what the authorizer said of the caller, with its {@code principalId}; null if
 *     the API has no authorizer, and until it has answered
 */
record SocketCaller(
    String connectionId,
    Instant connectedAt,
    String sourceIp,
    String userAgent,
    @Nullable ObjectNode authorizer) {
  SocketCaller withAuthorizer(ObjectNode authorizer) {
    return new SocketCaller(connectionId, connectedAt, sourceIp, userAgent, authorizer);
  }
}
