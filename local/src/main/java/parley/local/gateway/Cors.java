package parley.local.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Answers preflights and writes the CORS headers of an API that has a CORS setting. */
final class Cors {
  private final @Nullable CorsConfiguration configuration;

  Cors(@Nullable CorsConfiguration configuration) {
    this.configuration = configuration;
  }

  /** The headers that answer a preflight; empty if the request is none, or the API has no CORS. */
  Optional<SequencedMap<String, String>> preflight(Exchange exchange) {
    if (configuration == null
        || !exchange.method().equals("OPTIONS")
        || exchange.header("origin").isEmpty()
        || exchange.header("access-control-request-method").isEmpty()) {
      return Optional.empty();
    }
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    if (addOrigin(configuration, exchange, headers)) {
      putJoined(headers, "access-control-allow-methods", configuration.allowMethods());
      putJoined(headers, "access-control-allow-headers", configuration.allowHeaders());
      if (configuration.maxAgeSeconds() > 0) {
        headers.put("access-control-max-age", String.valueOf(configuration.maxAgeSeconds()));
      }
    }
    return Optional.of(headers);
  }

  /** Puts the setting's headers in place of those that the function sent. */
  void override(Exchange exchange, SequencedMap<String, String> headers) {
    if (configuration == null) {
      return;
    }
    headers.keySet().removeIf(name -> name.startsWith("access-control-"));
    if (addOrigin(configuration, exchange, headers)) {
      putJoined(headers, "access-control-expose-headers", configuration.exposeHeaders());
    }
  }

  private static boolean addOrigin(
      CorsConfiguration configuration, Exchange exchange, SequencedMap<String, String> headers) {
    String origin = exchange.header("origin");
    if (origin.isEmpty() || configuration.allowOrigins().stream().noneMatch(a -> fits(a, origin))) {
      return false;
    }
    headers.put(
        "access-control-allow-origin", configuration.allowOrigins().contains("*") ? "*" : origin);
    if (configuration.allowCredentials()) {
      headers.put("access-control-allow-credentials", "true");
    }
    return true;
  }

  private static boolean fits(String allowed, String origin) {
    return allowed.endsWith("*")
        ? origin.startsWith(allowed.substring(0, allowed.length() - 1))
        : allowed.equals(origin);
  }

  private static void putJoined(
      SequencedMap<String, String> headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.put(name, String.join(",", values));
    }
  }
}
