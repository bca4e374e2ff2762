package parley.local.process;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import parley.local.BootException;

/**
 * The folder {@code /var/task} of the functions: their jar unpacked, as Lambda does it, so that
 * what only a jar has (classes for a version of Java under META-INF/versions) is not there.
 */
public final class TaskRoot implements AutoCloseable {
  /** Has a folder for each service, in which its client finds interceptors by name. */
  private static final String SERVICES = "software/amazon/awssdk/services";

  private static final String INTERCEPTORS = "execution.interceptors";

  /** As the runtime client's jar has it, by the machine's architecture. */
  private static final String NATIVE_CLIENT =
      "jni/libaws-lambda-jni.linux-"
          + (System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64")
          + ".so";

  private final Path folder;

  private TaskRoot(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks a jar into a new folder and adds {@link Redirect}.
   *
   * @throws BootException if there is no such jar
   */
  public static TaskRoot unpack(Path jar) {
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
      root.copy(AWSLambda.class, NATIVE_CLIENT);
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + jar, e);
    }
  }

  private void addRedirect() throws IOException {
    copy(Redirect.class, Redirect.class.getName().replace('.', '/') + ".class");
    // The ones for all services come before those that set the request's host, and so too early.
    try (Stream<Path> services = Files.list(folder.resolve(SERVICES))) {
      for (Path service : services.toList()) {
        Files.writeString(
            service.resolve(INTERCEPTORS),
            Redirect.class.getName() + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
  }

  private void copy(Class<?> besides, String resource) throws IOException {
    try (InputStream content = besides.getClassLoader().getResourceAsStream(resource)) {
      if (content == null) {
        throw new IllegalStateException(resource + " is not there");
      }
      write(resource, content);
    }
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

  /**
   * The native part of AWS's runtime client. By itself each process would write it to the same file
   * under {@code /tmp}, and crash when another one does so while it runs.
   */
  Path nativeClient() {
    return folder.resolve(NATIVE_CLIENT);
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
