package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of features names every route and event that the contract has. */
class FeaturesPageTest {
  /** How the frames of an answer are named in the contract; they belong to no feature. */
  private static final Set<String> ANSWERS = Set.of("ack", "error", "gateway error");

  private final Contract contract = Contract.load();
  private final String page = read();

  @Test
  void everyRouteHasItsFeature() {
    Set<String> paths = new TreeSet<>();
    contract.openApi().path("paths").fieldNames().forEachRemaining(paths::add);

    assertThat(paths).hasSizeGreaterThan(40).allSatisfy(path -> assertThat(named(path)).isTrue());
  }

  @Test
  void everyEventHasItsFeature() {
    Set<String> events = new TreeSet<>();
    contract
        .asyncApi()
        .at("/components/messages")
        .forEach(message -> events.add(message.path("name").asText()));
    events.removeAll(ANSWERS);

    assertThat(events).hasSizeGreaterThan(30).allSatisfy(e -> assertThat(named(e)).isTrue());
  }

  @Test
  void noRouteIsNamedThatIsNone() {
    List<String> named =
        page.lines()
            .filter(line -> line.startsWith("| ") && line.contains("`/"))
            .flatMap(line -> Pattern.compile("`(?:[A-Z]+ )?(/[^`?]+)").matcher(line).results())
            .map(found -> found.group(1))
            .toList();

    assertThat(named)
        .allSatisfy(path -> assertThat(contract.openApi().path("paths").has(path)).isTrue());
  }

  /** As one word of code, or the last of it behind its methods. */
  private boolean named(String name) {
    return page.contains("`" + name + "`")
        || page.contains(" " + name + "`")
        || page.contains(" " + name + "?");
  }

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "features.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
