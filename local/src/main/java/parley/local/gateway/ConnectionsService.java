package parley.local.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;

/**
 * API Gateway's management API: posts to connections, tells about them, and closes them.
 *
 * <p>It takes {@code /@connections/{id}} and {@code /{stage}/@connections/{id}}. The right that it
 * asks for is {@code execute-api:ManageConnections} on {@code
 * arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/{METHOD}/@connections/{connectionId}}: the
 * last part is no id but that very placeholder, as AWS names the resource in its refusals, so that
 * a policy cannot tell one connection from another.
 */
final class ConnectionsService implements AwsService {
  private static final Pattern PATH = Pattern.compile("(?:/([^/]+))?/@connections/([^/]*)");
  private static final Pattern API_HOST = Pattern.compile("([a-z0-9]+)\\.execute-api\\..*");

  private final SocketApi api;
  private final GatewayOptions options;

  ConnectionsService(SocketApi api, GatewayOptions options) {
    this.api = api;
    this.options = options;
  }

  @Override
  public String signingName() {
    return "execute-api";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    Matcher path = PATH.matcher(decode(request.path()));
    if (!path.matches() || !isThisApi(request, path.group(1))) {
      throw new AwsException(403, "ForbiddenException", "Forbidden");
    }
    authorize(request);
    String connectionId = path.group(2);
    return switch (request.method()) {
      case "POST" -> post(request, connectionId);
      case "GET" -> get(connectionId);
      case "DELETE" -> delete(connectionId);
      default -> throw new AwsException(403, "ForbiddenException", "Forbidden");
    };
  }

  private void authorize(AwsRequest request) {
    WebSocketApiDefinition definition = api.definition();
    request
        .caller()
        .authorize(
            "execute-api:ManageConnections",
            "arn:aws:execute-api:%s:%s:%s/%s/%s/@connections/{connectionId}"
                .formatted(
                    options.region(),
                    options.accountId(),
                    definition.apiId(),
                    definition.stage(),
                    request.method()));
  }

  private AwsResponse post(AwsRequest request, String connectionId) {
    if (request.body().length > MessageAssembly.MAXIMUM_MESSAGE_BYTES) {
      throw new AwsException(413, "PayloadTooLargeException", "Message too long");
    }
    return switch (find(connectionId).send(request.body())) {
      case SENT -> AwsResponse.empty(200);
      case GONE -> throw gone();
      case BUFFER_FULL ->
          throw new AwsException(429, "LimitExceededException", "The client's buffer is full");
    };
  }

  private AwsResponse get(String connectionId) {
    SocketConnection connection = find(connectionId);
    ObjectNode answer = Json.object();
    answer.put("connectedAt", time(connection.caller().connectedAt()));
    ObjectNode identity = answer.putObject("identity");
    identity.put("sourceIp", connection.caller().sourceIp());
    identity.put("userAgent", connection.caller().userAgent());
    answer.put("lastActiveAt", time(connection.lastActiveAt()));
    return AwsResponse.json(200, answer.toString());
  }

  private AwsResponse delete(String connectionId) {
    find(connectionId).close(CloseStatus.NORMAL, "Connection Closed Normally");
    return AwsResponse.empty(204);
  }

  private SocketConnection find(String connectionId) {
    if (!Ids.isConnectionId(connectionId)) {
      throw new AwsException(400, "BadRequestException", "Invalid connectionId: " + connectionId);
    }
    return api.connections().find(connectionId).orElseThrow(ConnectionsService::gone);
  }

  private boolean isThisApi(AwsRequest request, @Nullable String stage) {
    Matcher host = API_HOST.matcher(request.headers().getOrDefault("host", ""));
    return (stage == null || stage.equals(api.definition().stage()))
        && (!host.matches() || host.group(1).equals(api.definition().apiId()));
  }

  private static AwsException gone() {
    return new AwsException(410, "GoneException", "Gone");
  }

  private static String time(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  private static String decode(String path) {
    try {
      return HttpRoutes.decode(path);
    } catch (IllegalArgumentException e) {
      throw new AwsException(400, "BadRequestException", "Malformed path");
    }
  }
}
