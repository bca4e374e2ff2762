package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the events of the HTTP API (payload format 2.0). */
final class Requests {
  private Requests() {}

  /**
   * @param line method and path, {@code "GET /users/search?q=ada"}; the query is not decoded
   * @param token the bearer token, null for none
   */
  static APIGatewayV2HTTPEvent event(String line, @Nullable String token, @Nullable String body) {
    String[] parts = line.split("[ ?]", 3);
    Map<String, String> headers = new HashMap<>();
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(parts[1])
        .withHeaders(headers)
        .withQueryStringParameters(parts.length < 3 ? null : query(parts[2]))
        .withBody(body)
        .withRequestContext(
            RequestContext.builder().withHttp(Http.builder().withMethod(parts[0]).build()).build())
        .build();
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts[1]);
    }
    return query;
  }
}
