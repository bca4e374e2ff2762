package parley.local.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native library of DynamoDB Local's SQLite, which can be loaded from a folder only: it is
 * unpacked from the class path when the runtime starts.
 */
final class NativeLibrary {
  private static final List<String> FILES =
      List.of(
          "libsqlite4java-linux-amd64.so",
          "libsqlite4java-osx.dylib",
          "libsqlite4java-osx-aarch64.dylib");

  private NativeLibrary() {}

  static void unpackTo(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String file : FILES) {
        try (InputStream in = NativeLibrary.class.getResourceAsStream("/sqlite4java/" + file)) {
          if (in == null) {
            throw new IllegalStateException("this build holds no " + file);
          }
          // Replaced by moving, since another runtime may have the old one mapped.
          Path next = Files.createTempFile(folder, file, ".next");
          Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
          Files.move(next, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack SQLite's library to " + folder, e);
    }
    System.setProperty("sqlite4java.library.path", folder.toAbsolutePath().toString());
  }
}
