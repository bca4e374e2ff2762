package parley.local.gateway;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket API is made of, as the template describes it.
 *
 * @param apiId the API's id, part of its host name
 * @param stage the stage's name, which is the API's only path
 * @param routeSelectionExpression {@code $request.body.event}, or the form with braces
 * @param routes by route key: {@code $connect}, {@code $disconnect}, {@code $default} and others
 * @param throttle null for no limit
 */
public record WebSocketApiDefinition(
    String apiId,
    String stage,
    String routeSelectionExpression,
    Map<String, Route> routes,
    @Nullable Throttle throttle) {
  public WebSocketApiDefinition {
    routes = Map.copyOf(routes);
  }

  /** An API without a limit. */
  public WebSocketApiDefinition(
      String apiId, String stage, String routeSelectionExpression, Map<String, Route> routes) {
    this(apiId, stage, routeSelectionExpression, routes, null);
  }

  /**
   * A route with its Lambda integration.
   *
   * @param authorizer null if everyone may connect; only {@code $connect} may have one
   */
  public record Route(String functionArn, @Nullable Authorizer authorizer) {
    public static Route open(String functionArn) {
      return new Route(functionArn, null);
    }

    public static Route authorized(String functionArn, Authorizer authorizer) {
      return new Route(functionArn, authorizer);
    }
  }

  /**
   * A Lambda REQUEST authorizer.
   *
   * @param identitySources {@code route.request.header.Name} or {@code
   *     route.request.querystring.name}; a handshake that lacks one is refused with 401 before the
   *     authorizer is asked
   */
  public record Authorizer(String functionArn, List<String> identitySources) {
    public Authorizer {
      identitySources = List.copyOf(identitySources);
    }

    /** An authorizer that is always asked. */
    public Authorizer(String functionArn) {
      this(functionArn, List.of());
    }
  }
}
