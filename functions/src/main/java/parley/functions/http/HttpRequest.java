package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.json.Integers;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.platform.list.PageRequest;

/**
 * An HTTP request, as routes read it.
 *
 * @param path the path's segments, decoded
 * @param parameters what the route's template found in the path; empty before a route is found
 * @param headers by lower-case name
 * @param body decoded only by {@link #json}: a route that reads no body accepts any
 */
record HttpRequest(
    String method,
    List<String> path,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    RequestBody body) {
  static HttpRequest from(APIGatewayV2HTTPEvent event) {
    return new HttpRequest(
        event.getRequestContext().getHttp().getMethod(),
        segments(event.getRawPath()),
        Map.of(),
        orEmpty(event.getQueryStringParameters()),
        orEmpty(event.getHeaders()),
        new RequestBody(
            Objects.requireNonNullElse(event.getBody(), ""), event.getIsBase64Encoded()));
  }

  HttpRequest withParameters(Map<String, String> found) {
    return new HttpRequest(method, path, found, query, headers, body);
  }

  /** The bearer token, if the request has one (RFC 6750, 2.1). */
  Optional<String> bearerToken() {
    return Optional.ofNullable(headers.get("authorization"))
        .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(header -> header.substring(7).strip());
  }

  /** A UUID in the path. */
  UUID pathId(String name) {
    return Ids.parse(name, Objects.requireNonNull(parameters.get(name), name));
  }

  Optional<String> queryValue(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** UUIDs in the query, with commas between them. */
  Stream<UUID> ids(String name) {
    String text = queryValue(name).orElseThrow(() -> ChatException.invalid(name + " is required"));
    return Stream.of(text.split(",", -1)).map(id -> Ids.parse(name, id));
  }

  /** An integer of the query. */
  Optional<Long> queryInteger(String name) {
    return queryValue(name).map(text -> Integers.parse(name, text));
  }

  /** Which page of a list the client asks for. */
  PageRequest page() {
    return new PageRequest(queryValue("cursor"), limit());
  }

  /** How many items the client wants on a page; {@code otherwise} if it does not say. */
  int limit(int otherwise) {
    return limit().orElse(otherwise);
  }

  private Optional<Integer> limit() {
    return queryInteger("limit")
        .map(limit -> Math.clamp(limit, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /**
   * The body, which must be an object.
   *
   * @throws ChatException MALFORMED_JSON or PAYLOAD_TOO_LARGE
   */
  JsonObject json() {
    return Json.readObject(body.text());
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).skip(1).map(HttpRequest::decode).toList();
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
