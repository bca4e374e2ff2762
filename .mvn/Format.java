import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds every Java source to google-java-format: {@code Format check} fails and names the files
 * that differ, {@code Format apply} rewrites them.
 *
 * <p>Spotless runs the formatter inside Maven's own JVM, and google-java-format can only read the
 * syntax of the JDK that it runs on. Parley is Java 25 and Maven may run on 17, so the build starts
 * this program on the toolchain's JDK instead.
 */
class Format {
  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments.length > 0 && arguments[0].equals("apply");
    Formatter formatter = new Formatter();
    List<Path> different = sources().parallelStream().filter(file -> differs(formatter, file, apply)).toList();
    if (!apply && !different.isEmpty()) {
      different.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("run: ./mvnw -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("src/") && !file.toString().contains("target/"))
          .filter(file -> !file.toString().contains("node_modules/"))
          .toList();
    }
  }

  private static boolean differs(Formatter formatter, Path file, boolean apply) {
    try {
      String source = Files.readString(file);
      String formatted = formatter.formatSource(RemoveUnusedImports.removeUnusedImports(source));
      if (formatted.equals(source)) {
        return false;
      }
      if (apply) {
        Files.writeString(file, formatted);
      }
      return true;
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
