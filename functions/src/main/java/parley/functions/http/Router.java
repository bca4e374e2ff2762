package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import parley.functions.failure.Failures;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;

/** Finds the route of a request and turns every failure into the contract's error. */
public final class Router {
  private final List<Route> routes;

  public Router(Routes routes) {
    this.routes = routes.all();
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
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> found = route.match(request.path());
      if (found.isPresent()) {
        if (route.method().equals(request.method())) {
          Invocation.current().action(route.line());
          return route.action().answer(request.withParameters(found.get()));
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw new ChatException(ErrorCode.ROUTE_NOT_FOUND, "there is no such route");
    }
    String methods = String.join(", ", allowed);
    ChatException error =
        new ChatException(ErrorCode.METHOD_NOT_ALLOWED, "this route takes " + methods);
    return HttpResponse.error(Failures.explain(error)).with("allow", methods);
  }
}
