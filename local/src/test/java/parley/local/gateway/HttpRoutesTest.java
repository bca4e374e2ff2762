package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRoutesTest {
  private final HttpRoutes routes =
      routes(
          "$default",
          "ANY /{proxy+}",
          "GET /users/{proxy+}",
          "GET /users/{id}",
          "ANY /users/{id}",
          "GET /users/me",
          "ANY /users/me",
          "GET /users/{id}/posts/{post}",
          "GET /");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "GET, /users/me, GET /users/me, {}",
        "PUT, /users/me, ANY /users/me, {}",
        "GET, /users/7, GET /users/{id}, {id=7}",
        "PUT, /users/7, ANY /users/{id}, {id=7}",
        "GET, /users/7/posts/a%20b, GET /users/{id}/posts/{post}, \"{id=7, post=a b}\"",
        "GET, /users/7/likes, GET /users/{proxy+}, {proxy=7/likes}",
        "PUT, /users/7/likes, ANY /{proxy+}, {proxy=users/7/likes}",
        "GET, /, GET /, {}",
        "GET, /a/b/c, ANY /{proxy+}, {proxy=a/b/c}"
      })
  void theMostSpecificRouteWins(String method, String path, String routeKey, String parameters) {
    HttpRoutes.Match match = routes.find(method, path).orElseThrow();

    assertThat(match.routeKey()).isEqualTo(routeKey);
    assertThat(match.functionArn()).isEqualTo(routeKey);
    assertThat(match.pathParameters()).hasToString(parameters);
  }

  @Test
  void theDefaultRouteTakesTheRest() {
    assertThat(routes("$default", "GET /x").find("PUT", "/x").orElseThrow().routeKey())
        .isEqualTo("$default");
  }

  @Test
  void withoutADefaultRouteNothingIsFound() {
    assertThat(routes("GET /x").find("GET", "/y")).isEmpty();
  }

  @Test
  void aRouteKeyThatIsNoneIsRefused() {
    assertThatThrownBy(() -> routes("GET"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GET");
  }

  private static HttpRoutes routes(String... keys) {
    Map<String, String> byKey =
        Stream.of(keys).collect(Collectors.toMap(Function.identity(), Function.identity()));
    return new HttpRoutes(byKey);
  }
}
