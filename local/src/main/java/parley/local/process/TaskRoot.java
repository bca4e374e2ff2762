package parley.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import parley.local.BootException;

/**
 * The folder {@code /var/task} of the functions: their jar unpacked, as Lambda does it, so that
 * what only a jar has (classes for a version of Java under META-INF/versions) is not there.
 */
final class TaskRoot implements AutoCloseable {
  /** Where the SDK finds interceptors by name. */
  private static final String INTERCEPTORS =
      "software/amazon/awssdk/global/handlers/execution.interceptors";

  private final Path folder;

  private TaskRoot(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks a jar into a new folder and adds {@link Redirect}.
   *
   * @throws BootException if there is no such jar
   */
  static TaskRoot unpack(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new BootException(
          "there is no jar " + jar + "; ./mvnw package -pl functions -am builds it");
    }
    try {
      TaskRoot root = new TaskRoot(Files.createTempDirectory("parley-task"));
      try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          if (!entry.isDirectory()) {
            root.write(entry.getName(), zip);
          }
        }
      }
      root.addRedirect();
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + jar, e);
    }
  }

  private void addRedirect() throws IOException {
    String file = Redirect.class.getName().replace('.', '/') + ".class";
    try (InputStream code = Redirect.class.getClassLoader().getResourceAsStream(file)) {
      if (code == null) {
        throw new IllegalStateException(file + " is not there");
      }
      write(file, code);
    }
    Path interceptors = folder.resolve(INTERCEPTORS);
    Files.createDirectories(interceptors.getParent());
    Files.writeString(interceptors, Redirect.class.getName());
  }

  private void write(String name, InputStream content) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("the jar has an entry outside of it: " + name);
    }
    Files.createDirectories(file.getParent());
    Files.copy(content, file);
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
