package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.local.postgres.PostgresServer;

/** The folder that keeps a runtime's data; one runtime has it at a time. */
final class DataFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws BootException if another runtime has it
   */
  static DataFolder open(Path folder, boolean fresh) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new BootException("another runtime is using " + folder.toAbsolutePath());
      }
      DataFolder data = new DataFolder(folder, channel);
      if (fresh) {
        data.empty();
      }
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder " + folder.toAbsolutePath(), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void empty() throws IOException {
    PostgresServer.stopStale(postgres());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder) && !file.equals(folder.resolve(LOCK))) {
          Files.delete(file);
        }
      }
    }
  }

  Path postgres() {
    return folder.resolve("postgres");
  }

  Path dynamoDb() {
    return folder.resolve("dynamodb");
  }

  Path libraries() {
    return folder.resolve("native");
  }

  Path secrets() {
    return folder.resolve("secrets.json");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + folder, e);
    }
  }
}
