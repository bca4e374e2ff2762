package parley.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/sync.md, by which clients are written, to the code. */
class SyncPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

  @Test
  void thePageHasEveryTypeThatSyncTellsOfOnce() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(Path.of("..", "docs", "sync.md")))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SyncType.values()).map(SyncType::name).toList());
  }
}
