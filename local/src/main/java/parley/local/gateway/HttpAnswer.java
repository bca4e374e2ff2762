package parley.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What an HTTP API makes of a function's answer, payload format 2.0.
 *
 * @param headers by lower-case name
 * @param cookies each becomes a Set-Cookie header
 */
record HttpAnswer(
    int status, SequencedMap<String, String> headers, List<String> cookies, byte[] body) {

  /** Headers that describe the link to the client, which a function knows nothing of. */
  private static final Set<String> GATEWAYS_OWN =
      Set.of("connection", "content-length", "transfer-encoding");

  /** Reads an answer; empty if it is malformed, which the client sees as a 500. */
  static Optional<HttpAnswer> parse(JsonNode payload) {
    return payload.has("statusCode") ? structured(payload) : Optional.of(inferred(payload));
  }

  /** An answer without a statusCode is the body of a 200 itself. */
  private static HttpAnswer inferred(JsonNode payload) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    String body = payload.isTextual() ? payload.asText() : payload.toString();
    return new HttpAnswer(200, headers, List.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<HttpAnswer> structured(JsonNode payload) {
    Optional<Integer> status = status(payload.path("statusCode"));
    JsonNode headers = payload.path("headers");
    JsonNode cookies = payload.path("cookies");
    JsonNode body = payload.path("body");
    if (status.isEmpty()
        || !isAbsentOr(headers, headers.isObject())
        || !isAbsentOr(cookies, cookies.isArray())
        || !isAbsentOr(body, body.isTextual())) {
      return Optional.empty();
    }
    SequencedMap<String, String> byName = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (header.getValue().isContainerNode()) {
        return Optional.empty();
      }
      byName.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText());
    }
    byName.keySet().removeAll(GATEWAYS_OWN);
    byName.putIfAbsent("content-type", "text/plain;charset=UTF-8");
    List<String> cookieValues = new ArrayList<>();
    cookies.forEach(cookie -> cookieValues.add(cookie.asText()));
    return body(payload, body)
        .map(bytes -> new HttpAnswer(status.get(), byName, cookieValues, bytes));
  }

  private static Optional<byte[]> body(JsonNode payload, JsonNode body) {
    String text = body.isTextual() ? body.asText() : "";
    if (!payload.path("isBase64Encoded").asBoolean()) {
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A final status code, as a number or as a string of digits. */
  static Optional<Integer> status(JsonNode node) {
    int status = node.isIntegralNumber() || node.isTextual() ? node.asInt(0) : 0;
    return status >= 200 && status <= 599 ? Optional.of(status) : Optional.empty();
  }

  private static boolean isAbsentOr(JsonNode node, boolean fits) {
    return node.isMissingNode() || node.isNull() || fits;
  }
}
