package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/**
 * An HTTP request, as routes read it.
 *
 * @param path the path's segments, decoded
 * @param parameters what the route's template found in the path; empty before a route is found
 * @param headers by lower-case name
 */
record HttpRequest(
    String method,
    List<String> path,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {
  /** Far more than the longest message takes in JSON, which escapes a character in 12 at most. */
  private static final int MAX_BODY = 65_536;

  static HttpRequest from(APIGatewayV2HTTPEvent event) {
    return new HttpRequest(
        event.getRequestContext().getHttp().getMethod(),
        segments(event.getRawPath()),
        Map.of(),
        orEmpty(event.getQueryStringParameters()),
        orEmpty(event.getHeaders()),
        body(event));
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

  /** How many items the client wants on a page; {@code otherwise} if it does not say. */
  int limit(int otherwise) {
    Optional<String> text = queryValue("limit");
    try {
      return text.isEmpty() ? otherwise : Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw ChatException.invalid("limit must be an integer");
    }
  }

  /** The body, which must be an object. */
  JsonObject json() {
    if (body.length() > MAX_BODY) {
      throw new ChatException(
          ErrorCode.PAYLOAD_TOO_LARGE, "the body has more than " + MAX_BODY + " characters");
    }
    return Json.readObject(body);
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

  private static String body(APIGatewayV2HTTPEvent event) {
    String body = event.getBody() == null ? "" : event.getBody();
    if (!event.getIsBase64Encoded()) {
      return body;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(body));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new ChatException(ErrorCode.MALFORMED_JSON, "the body is not UTF-8", e);
    }
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
