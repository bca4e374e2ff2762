package parley.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.platform.list.Page;

/**
 * An HTTP response.
 *
 * @param body written as JSON, empty for none
 */
record HttpResponse(int status, Optional<Object> body, Map<String, String> headers) {
  private static final String NEXT_CURSOR = "next-cursor";

  private static final String RETRY_AFTER_SECONDS = "5";

  /**
   * The headers of every answer. Browsers store no answer, use TLS only for the next year, do not
   * guess content types, and load and run nothing, because no answer is a page.
   */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "cache-control", "no-store",
          "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
          "strict-transport-security", "max-age=31536000",
          "x-content-type-options", "nosniff");

  static HttpResponse ok(Object body) {
    return new HttpResponse(200, Optional.of(body), Map.of());
  }

  /** A page of a list: its items, and in a header where the next page begins. */
  static HttpResponse page(Page<?> page) {
    HttpResponse response = ok(page.items());
    return page.next().map(cursor -> response.with(NEXT_CURSOR, cursor)).orElse(response);
  }

  static HttpResponse created(Object body) {
    return new HttpResponse(201, Optional.of(body), Map.of());
  }

  /** It is done, and there is nothing to say of it (RFC 9110, 15.3.5). */
  static HttpResponse noContent() {
    return new HttpResponse(204, Optional.empty(), Map.of());
  }

  /** The error as the contract words it. */
  static HttpResponse error(ChatException error) {
    ErrorCode code = error.code();
    ErrorBody body = new ErrorBody(code.status(), reason(code.status()), error.getMessage(), code);
    return new HttpResponse(code.status(), Optional.of(body), headers(code));
  }

  HttpResponse with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, body, more);
  }

  APIGatewayV2HTTPResponse toEvent() {
    Map<String, String> all = new HashMap<>(ALWAYS);
    all.putAll(headers);
    body.ifPresent(content -> all.put("content-type", "application/json"));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(body.map(Json::write).orElse(null))
        .build();
  }

  private record ErrorBody(int statusCode, String error, String message, ErrorCode code) {}

  private static Map<String, String> headers(ErrorCode code) {
    return switch (code.status()) {
      case 401 -> Map.of("www-authenticate", "Bearer");
      case 503 -> Map.of("retry-after", RETRY_AFTER_SECONDS);
      default -> Map.of();
    };
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
