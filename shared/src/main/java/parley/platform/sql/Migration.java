package parley.platform.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of the schema: the statements of one file.
 *
 * @param version orders the steps
 * @param name as errors and answers call it, {@code db/V2__feed.sql}
 * @param text its statements; each ends with a semicolon at the end of a line
 */
record Migration(long version, String name, String text) {
  private static final Pattern VERSION = Pattern.compile("V([0-9]+)__[a-z_]+");

  /** A semicolon at the end of a line, unless it stands between two {@code $$}. */
  private static final Pattern END_OF_STATEMENT =
      Pattern.compile("(?s)\\$\\$.*?\\$\\$|(?<end>;[ \t]*(?:\r?\n|$))");

  /** The first line of a file whose statements run by themselves and not in the transaction. */
  private static final String NO_TRANSACTION = "-- no transaction\n";

  /**
   * Reads a file of the folder {@code db}.
   *
   * @param file {@code V<version>__<name>}
   */
  static Migration named(String file) {
    Matcher matcher = VERSION.matcher(file);
    if (!matcher.matches()) {
      throw new IllegalStateException(file + " is no name of a migration");
    }
    String path = "db/" + file + ".sql";
    return new Migration(Long.parseLong(matcher.group(1)), path, read(path));
  }

  /**
   * Whether each statement is a transaction of its own, as {@code create index concurrently} must
   * be. Such a statement may be run again, and then does only what is left to do.
   */
  boolean hasNoTransaction() {
    return text.startsWith(NO_TRANSACTION);
  }

  List<String> statements() {
    List<String> statements = new ArrayList<>();
    Matcher end = END_OF_STATEMENT.matcher(text);
    int begin = 0;
    while (end.find()) {
      if (end.group("end") != null) {
        statements.add(text.substring(begin, end.start()).strip());
        begin = end.end();
      }
    }
    statements.add(text.substring(begin).strip());
    statements.removeIf(String::isEmpty);
    return statements;
  }

  /** Changes with every character of the text. */
  String checksum() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String read(String path) {
    try (InputStream in = Migration.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the migration " + path + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
