package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.auth.TokenService;
import parley.functions.failure.Failures;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;

/** Finds the route of a request and turns every failure into the contract's error. */
public final class Router {
  private final List<Route> routes;

  /**
   * @param tokens verifies the access tokens of those routes that take one
   */
  public Router(TokenService tokens, List<Routes> parts) {
    Bearer bearer = new Bearer(tokens);
    routes = parts.stream().flatMap(part -> part.all(bearer).stream()).toList();
  }

  /** All that it knows, in their order. */
  List<Route> routes() {
    return routes;
  }

  /** Answers a request; it never throws. */
  public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
    HttpResponse response;
    try {
      response = answer(HttpRequest.from(event));
    } catch (RuntimeException e) {
      response = HttpResponse.error(Failures.explain(e));
    }
    return response.toEvent();
  }

  private HttpResponse answer(HttpRequest request) {
    List<Route> found = find(request.path());
    if (found.isEmpty()) {
      throw new ChatException(ErrorCode.ROUTE_NOT_FOUND, "there is no such route");
    }
    for (Route route : found) {
      if (route.method().equals(request.method())) {
        Invocation.current().action(route.line());
        return route.action().answer(request.withParameters(route.parameters(request.path())));
      }
    }
    String methods = found.stream().map(Route::method).sorted().collect(Collectors.joining(", "));
    ChatException error =
        new ChatException(ErrorCode.METHOD_NOT_ALLOWED, "this route takes " + methods);
    return HttpResponse.error(Failures.explain(error)).with("allow", methods);
  }

  /**
   * The routes of a path, one a method: a template that names the path's segments goes before one
   * that stands for any (OpenAPI 3.1, paths object).
   */
  private List<Route> find(List<String> path) {
    return routes.stream()
        .filter(route -> route.fits(path))
        .collect(Collectors.groupingBy(Route::openSegments, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .findFirst()
        .orElse(List.of());
  }
}
