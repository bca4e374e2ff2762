package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder of this machine, which is deleted with all that is in it when it is closed. */
public record ScratchFolder(Path path) implements AutoCloseable {
  /** Makes an empty folder. */
  public static ScratchFolder make() throws IOException {
    return new ScratchFolder(Files.createTempDirectory("parley-bench"));
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
