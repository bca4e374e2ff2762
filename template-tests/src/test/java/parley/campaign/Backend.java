package parley.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.acceptance.TestClock;
import parley.checker.Message;
import parley.local.LocalRuntime;
import parley.local.RuntimeOptions;
import parley.local.faults.Faults;

/** The running system, and what a campaign may do to it. */
final class Backend implements AutoCloseable {
  /** How long the database takes to wake up, in simulated time. */
  static final Duration DATABASE_RESUME = Duration.ofSeconds(15);

  /** No function that answers clients has more time. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(29);

  private final TestClock clock = new TestClock();
  private final Path data;
  private @Nullable LocalRuntime runtime;

  private Backend(Path data) {
    this.data = data;
  }

  /**
   * Starts the system with an empty database.
   *
   * @param faults makes what goes wrong in it; told of the system only when it runs
   */
  static Backend start(Function<Backend, Faults> faults) {
    try {
      Backend backend = new Backend(Files.createTempDirectory("parley-campaign"));
      backend.runtime =
          LocalRuntime.start(
              RuntimeOptions.quiet(backend.data)
                  .withClock(backend.clock)
                  .withFaults(faults.apply(backend)));
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LocalRuntime system() {
    if (runtime == null) {
      throw new IllegalStateException("the system does not run yet");
    }
    return runtime;
  }

  URI http() {
    return URI.create(system().httpUrl());
  }

  URI socket() {
    return URI.create(system().webSocketUrl());
  }

  /** Cuts a connection at the gateway. */
  void cut(String connectionId) {
    system().gateway().cut(connectionId);
  }

  /** Lets time pass, and with it what is due by a schedule begin. */
  void passes(Duration time) {
    clock.advance(time);
    system().schedules().runDue();
  }

  /** Stops the database as a power failure would, and starts it again. */
  void crashDatabase() {
    system().postgres().stopImmediate();
    system().postgres().start();
  }

  /** Pauses the database as Aurora does when it is idle; it resumes at the next call. */
  void pauseDatabase() {
    system().rdsData().pause(DATABASE_RESUME);
  }

  /** Whether no function runs, and none waits to be run or to be tried again. */
  boolean isIdle() {
    return system().functions().pendingEvents() == 0 && system().functions().executions().isIdle();
  }

  /** What runs or waits, for a message. */
  String running() {
    return system().functions().executions().running().size()
        + " executions, "
        + system().functions().pendingEvents()
        + " events";
  }

  /** Whether a function that answers clients has been at it for this long, in real time. */
  boolean isBusyFor(Duration time) {
    return system().functions().executions().running().stream()
        .filter(execution -> execution.timeout().compareTo(ANSWER_TIMEOUT) <= 0)
        .anyMatch(execution -> execution.age().compareTo(time) > 0);
  }

  /** The events that functions gave up for good. */
  List<String> givenUp() {
    return system().functions().failedEvents().all();
  }

  /** What the database holds of these conversations. */
  List<Message> stored(Collection<String> conversations) {
    try (Connection connection = system().postgres().dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select id, conversation_id, sender_id, client_id, content, seq, change,
                  to_char(coalesce(deleted_at, edited_at) at time zone 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                  deleted_at is not null, reply_to, forwarded
                from messages
                where conversation_id = any (?)
                """)) {
      select.setArray(
          1,
          connection.createArrayOf("uuid", conversations.stream().map(UUID::fromString).toArray()));
      List<Message> messages = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          messages.add(message(rows));
        }
      }
      return messages;
    } catch (SQLException e) {
      throw new IllegalStateException("what is stored cannot be read", e);
    }
  }

  private static Message message(ResultSet row) throws SQLException {
    String conversation = row.getString(2);
    String sender = row.getString(3);
    Optional<String> change = Optional.ofNullable(row.getString(7));
    return new Message(
        row.getString(1),
        conversation,
        sender,
        Optional.ofNullable(row.getString(4)).orElse(""),
        row.getString(5),
        row.getLong(6),
        change.map(Http::read).map(told -> Wire.change(sender, conversation, told)),
        Optional.ofNullable(row.getString(8)).orElse(""),
        row.getBoolean(9),
        Optional.ofNullable(row.getString(10)).orElse(""),
        row.getBoolean(11));
  }

  @Override
  public void close() {
    system().close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
