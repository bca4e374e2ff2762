package parley.functions.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  boolean fits(List<String> path) {
    return path.size() == template.size()
        && IntStream.range(0, path.size())
            .allMatch(i -> isOpen(template.get(i)) || template.get(i).equals(path.get(i)));
  }

  /** How many segments of the template stand for any. */
  long openSegments() {
    return template.stream().filter(Route::isOpen).count();
  }

  /** What stands in a path that fits for the template's open segments, by their names. */
  Map<String, String> parameters(List<String> path) {
    return IntStream.range(0, path.size())
        .filter(i -> isOpen(template.get(i)))
        .boxed()
        .collect(
            Collectors.toMap(
                i -> template.get(i).substring(1, template.get(i).length() - 1), path::get));
  }

  private static boolean isOpen(String segment) {
    return segment.startsWith("{");
  }
}
