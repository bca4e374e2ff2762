package parley.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/**
 * API Gateway's events and what it is answered, in JSON. Of an event is read what Parley uses: the
 * other fields are null.
 *
 * <p>Lambda's runtime would do this too, but its first use in a process takes half a second of CPU,
 * five times as much as this (docs/cold-start.md), and cannot be rehearsed before a snapshot.
 */
final class GatewayEvents {
  private static final String HEADERS = "headers";
  private static final String QUERY = "queryStringParameters";
  private static final String CONTEXT = "requestContext";
  private static final String AUTHORIZER = "authorizer";
  private static final String BODY = "body";

  private GatewayEvents() {}

  /** A request of the HTTP API, payload format 2.0. */
  static APIGatewayV2HTTPEvent http(String json) {
    JsonObject event = Json.readObject(json);
    JsonObject request = event.object(CONTEXT).object("http");
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(event.string("rawPath"))
        .withQueryStringParameters(strings(event, QUERY))
        .withHeaders(strings(event, HEADERS))
        .withBody(event.optionalString(BODY).orElse(null))
        .withIsBase64Encoded(Boolean.TRUE.equals(event.value("isBase64Encoded")))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod(request.string("method"))
                        .build())
                .build())
        .build();
  }

  /** An event of a connection: it opens, speaks or has closed. */
  static APIGatewayV2WebSocketEvent socket(String json) {
    JsonObject event = Json.readObject(json);
    JsonObject source = event.object(CONTEXT);
    APIGatewayV2WebSocketEvent.RequestContext context =
        new APIGatewayV2WebSocketEvent.RequestContext();
    context.setConnectionId(source.string("connectionId"));
    context.setConnectedAt(source.integer("connectedAt"));
    context.setEventType(source.string("eventType"));
    context.setAuthorizer(source.object(AUTHORIZER).fields());
    APIGatewayV2WebSocketEvent read = new APIGatewayV2WebSocketEvent();
    read.setHeaders(strings(event, HEADERS));
    read.setQueryStringParameters(strings(event, QUERY));
    read.setBody(event.optionalString(BODY).orElse(null));
    read.setRequestContext(context);
    return read;
  }

  /** The question whether a connection may open. */
  static APIGatewayCustomAuthorizerEvent authorizer(String json) {
    JsonObject event = Json.readObject(json);
    return APIGatewayCustomAuthorizerEvent.builder()
        .withMethodArn(event.string("methodArn"))
        .withRequestContext(
            APIGatewayCustomAuthorizerEvent.RequestContext.builder()
                .withIdentity(
                    APIGatewayCustomAuthorizerEvent.Identity.builder()
                        .withSourceIp(
                            event
                                .object(CONTEXT)
                                .object("identity")
                                .optionalString("sourceIp")
                                .orElse(null))
                        .build())
                .build())
        .withHeaders(strings(event, HEADERS))
        .withQueryStringParameters(strings(event, QUERY))
        .build();
  }

  static String write(APIGatewayV2HTTPResponse response) {
    return response(response.getStatusCode(), response.getHeaders(), response.getBody());
  }

  static String write(APIGatewayV2WebSocketResponse response) {
    return response(response.getStatusCode(), response.getHeaders(), response.getBody());
  }

  /**
   * The policy that lets a connection open.
   *
   * @param context what rides on all its later events
   */
  static String allow(String methodArn, String principal, Map<String, String> context) {
    Map<String, String> statement =
        Map.of("Action", "execute-api:Invoke", "Effect", "Allow", "Resource", methodArn);
    return Json.write(
        Map.of(
            "principalId",
            principal,
            "policyDocument",
            Map.of("Version", "2012-10-17", "Statement", List.of(statement)),
            "context",
            context));
  }

  private static String response(int status, Map<String, String> headers, @Nullable String body) {
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    response.put("statusCode", status);
    response.put(HEADERS, headers);
    if (body != null) {
      response.put(BODY, body);
    }
    return Json.write(response);
  }

  /** An object of strings; null if the event has none, as the runtime has it. */
  private static @Nullable Map<String, String> strings(JsonObject event, String name) {
    if (event.value(name) == null) {
      return null;
    }
    Map<String, String> strings = new HashMap<>();
    event.object(name).fields().forEach((key, value) -> strings.put(key, String.valueOf(value)));
    return strings;
  }
}
