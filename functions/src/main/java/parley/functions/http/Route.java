package parley.functions.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path template, and what answers them.
 *
 * @param template the path's segments, those in braces standing for any one segment
 */
record Route(String method, List<String> template, Action action) {
  /** Answers a request whose path fits. */
  interface Action {
    HttpResponse answer(HttpRequest request);
  }

  /**
   * @param line method and template, {@code "GET /users/{id}"}
   */
  static Route of(String line, Action action) {
    String[] parts = line.split(" /", 2);
    return new Route(parts[0], Arrays.asList(parts[1].split("/")), action);
  }

  /** Method and template, as the contract writes them. */
  String line() {
    return method + " /" + String.join("/", template);
  }

  /** What the template finds in a path, empty if the path does not fit. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != template.size()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = template.get(i);
      if (wanted.startsWith("{")) {
        found.put(wanted.substring(1, wanted.length() - 1), path.get(i));
      } else if (!wanted.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }
}
