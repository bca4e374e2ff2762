package parley.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import parley.local.BootException;

/**
 * A real Postgres server whose files stay in one folder: data survives a restart, and what a killed
 * runtime left running is stopped first. It keeps its port when it is stopped and started again.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration STARTUP_WAIT = Duration.ofSeconds(30);
  private static final String SUPERUSER = "postgres";

  /** Every role but the superuser, who has none, must give its password. */
  private static final String AUTHENTICATION =
      """
      local all postgres trust
      host all postgres 127.0.0.1/32 trust
      host all postgres ::1/128 trust
      host all all 127.0.0.1/32 scram-sha-256
      host all all ::1/128 scram-sha-256
      """;

  private final Path data;
  private final Path binaries;
  private final Path log;
  private final Path initialized;
  private final String database;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  private PostgresServer(Path folder, String database, int port) {
    this.data = folder.resolve("data").toAbsolutePath();
    this.binaries = folder.resolve("binaries").toAbsolutePath();
    this.log = folder.resolve("log").toAbsolutePath();
    this.initialized = folder.resolve("initialized");
    this.database = database;
    this.port = port;
  }

  /**
   * Starts a server on a free port of the loopback address.
   *
   * @param folder where all its files are and stay
   * @param database made if it is not there yet
   */
  public static PostgresServer start(Path folder, String database) {
    try {
      Files.createDirectories(folder);
      PostgresServer server = new PostgresServer(folder, database, freePort());
      stopStale(folder);
      if (!Files.exists(server.initialized)) {
        deleteRecursively(server.data);
      }
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Postgres does not start in " + folder, e);
    }
  }

  /** Stops the server that a killed runtime left running on a folder, if there is one. */
  public static void stopStale(Path folder) {
    Stale.stop(folder.resolve("data").toAbsolutePath());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void deleteRecursively(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Starts it again after {@link #stopImmediate}. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      Files.createDirectories(binaries);
      File logFile = log.toFile();
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setOverrideWorkingDirectory(binaries.toFile())
              .setCleanDataDirectory(false)
              .setPort(port)
              .setPGStartupWait(STARTUP_WAIT)
              .setServerConfig("timezone", "UTC")
              // An acknowledged message survives a crash of the server, as on Aurora.
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("listen_addresses", "localhost")
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(logFile))
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(logFile))
              .start();
      requirePasswords();
      createDatabase();
      Files.writeString(initialized, "");
    } catch (IOException | SQLException e) {
      close();
      throw new BootException("Postgres does not start; its log is " + log, e);
    }
  }

  private void requirePasswords() throws IOException, SQLException {
    Files.writeString(data.resolve("pg_hba.conf"), AUTHENTICATION);
    try (Connection connection = dataSource("postgres").getConnection();
        Statement reload = connection.createStatement()) {
      reload.execute("select pg_reload_conf()");
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = dataSource("postgres").getConnection();
        PreparedStatement exists =
            connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      exists.setString(1, database);
      try (ResultSet row = exists.executeQuery()) {
        if (!row.next()) {
          try (Statement create = connection.createStatement()) {
            create.execute("create database " + create.enquoteIdentifier(database, true));
          }
        }
      }
    }
  }

  /** Makes new connections to the database, as its superuser. */
  public PGSimpleDataSource dataSource() {
    return dataSource(database);
  }

  private PGSimpleDataSource dataSource(String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(name);
    source.setUser(SUPERUSER);
    return source;
  }

  /** Stops it as a power failure would: nothing is flushed, every connection breaks. */
  public synchronized void stopImmediate() {
    EmbeddedPostgres running = server;
    if (running != null) {
      Stale.signal(data, "QUIT");
      server = null;
      closeQuietly(running);
    }
  }

  @Override
  public synchronized void close() {
    EmbeddedPostgres running = server;
    server = null;
    if (running != null) {
      closeQuietly(running);
    }
  }

  private void closeQuietly(EmbeddedPostgres running) {
    try {
      running.close();
    } catch (IOException | RuntimeException e) {
      // It is down already; if not, it is stopped for good here.
      Stale.signal(data, "QUIT");
    }
  }
}
