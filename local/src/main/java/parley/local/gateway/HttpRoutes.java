package parley.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Finds the route of a request. The most specific wins, as API Gateway documents: a full match
 * before a greedy one ({@code {proxy+}}), its own method before {@code ANY}, a literal segment
 * before a parameter, {@code $default} last.
 */
final class HttpRoutes {
  private static final String DEFAULT = "$default";

  private final List<Route> routes;
  private final Optional<Match> fallback;

  /** A route that fits, with its decoded path parameters. */
  record Match(String routeKey, String functionArn, SequencedMap<String, String> pathParameters) {}

  HttpRoutes(Map<String, String> functionArnByRouteKey) {
    routes =
        functionArnByRouteKey.entrySet().stream()
            .filter(route -> !route.getKey().equals(DEFAULT))
            .map(route -> Route.parse(route.getKey(), route.getValue()))
            .sorted(Comparator.comparing(Route::rank))
            .toList();
    fallback =
        Optional.ofNullable(functionArnByRouteKey.get(DEFAULT))
            .map(function -> new Match(DEFAULT, function, new LinkedHashMap<>()));
  }

  /**
   * @param path percent-encoded, without the stage
   */
  Optional<Match> find(String method, String path) {
    List<String> segments = segments(path);
    return routes.stream()
        .flatMap(route -> route.match(method, segments).stream())
        .findFirst()
        .or(() -> fallback);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  private record Route(String key, String method, List<String> segments, String functionArn) {
    static Route parse(String key, String functionArn) {
      String[] parts = key.split(" ", 2);
      if (parts.length != 2 || !parts[1].startsWith("/")) {
        throw new IllegalArgumentException("not a route key: " + key);
      }
      return new Route(key, parts[0], HttpRoutes.segments(parts[1]), functionArn);
    }

    /** Sorts before every less specific route: literal 0, parameter 1, greedy 2, then ANY 1. */
    String rank() {
      StringBuilder rank = new StringBuilder(isGreedy() ? "1" : "0");
      segments.forEach(segment -> rank.append(isParameter(segment) ? '1' : '0'));
      return rank.append(method.equals("ANY") ? "b" : "a").toString();
    }

    Optional<Match> match(String requestMethod, List<String> path) {
      boolean lengthFits =
          isGreedy() ? path.size() >= segments.size() : path.size() == segments.size();
      if (!lengthFits || !(method.equals("ANY") || method.equals(requestMethod))) {
        return Optional.empty();
      }
      SequencedMap<String, String> parameters = new LinkedHashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        if (isParameter(segment)) {
          boolean greedy = segment.endsWith("+}");
          String name = segment.substring(1, segment.length() - (greedy ? 2 : 1));
          String value = greedy ? String.join("/", path.subList(i, path.size())) : path.get(i);
          parameters.put(name, decode(value));
        } else if (!segment.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(new Match(key, functionArn, parameters));
    }

    private boolean isGreedy() {
      return segments.getLast().endsWith("+}");
    }

    private static boolean isParameter(String segment) {
      return segment.startsWith("{") && segment.endsWith("}");
    }
  }

  /** Decodes a path's percent-encoding; unlike in a query string, a plus sign is itself. */
  static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
