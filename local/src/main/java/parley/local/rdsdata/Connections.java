package parley.local.rdsdata;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A small pool of connections. A request opens what it needs itself: so it learns at once that the
 * server is away, and finds it at once when it is back, where HikariCP would retry in the
 * background with growing pauses while requests run into its time limit.
 */
final class Connections implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int CONNECT_SECONDS = 3;

  /**
   * A server that answered this recently has not been restarted since, so that a connection need
   * not be tried first, which takes as long as a small statement.
   */
  private static final long TRUSTED_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DataSource source;
  private final Duration statementTimeout;
  private final Semaphore permits;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private long lastAnswer = System.nanoTime() - TRUSTED_NANOSECONDS;
  private boolean closed;

  /**
   * A pool that opens nothing yet.
   *
   * @param source makes a new connection each time; not a pool itself
   * @param size how many may be in use at once; a caller that wants one more waits
   * @param statementTimeout after which Postgres ends a statement
   */
  Connections(DataSource source, int size, Duration statementTimeout) {
    this.source = source;
    this.statementTimeout = statementTimeout;
    this.permits = new Semaphore(size, true);
  }

  /** A connection in use; closing it gives it back. */
  final class Lease implements AutoCloseable {
    private final Connection connection;
    private volatile boolean reusable = true;

    Lease(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /**
     * Changes after what time Postgres ends a statement of this session. The session keeps it, so
     * that a statement costs no timer and no cancel request of this process.
     *
     * @param timeout zero for never
     */
    void limitStatements(Duration timeout) throws SQLException {
      limit(connection, timeout);
    }

    /** Has the connection closed in place of used again. */
    void spoil() {
      reusable = false;
    }

    /** Cuts off whatever another thread is doing with the connection. */
    void cut() {
      reusable = false;
      try {
        connection.abort(Runnable::run);
      } catch (SQLException gone) {
        // So there is nothing to cut.
      }
    }

    @Override
    public void close() {
      giveBack(connection, reusable);
      permits.release();
    }
  }

  /**
   * Takes a connection that answers, in autocommit mode.
   *
   * @throws SQLException if the server is not reached within a few seconds
   */
  Lease lease() throws SQLException {
    try {
      if (!permits.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new SQLException("No connection came free.", "08001");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted.", "08001", interrupted);
    }
    boolean leased = false;
    try {
      Lease lease = new Lease(live());
      leased = true;
      return lease;
    } finally {
      if (!leased) {
        permits.release();
      }
    }
  }

  private Connection live() throws SQLException {
    Connection connection = pollIdle();
    if (connection != null) {
      if (answers(connection)) {
        return connection;
      }
      // The server has been restarted, so that the others are dead too.
      closeQuietly(connection);
      closeIdle();
    }
    return open();
  }

  private Connection open() throws SQLException {
    source.setLoginTimeout(CONNECT_SECONDS);
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      // The driver asks for this machine's zone; Aurora's default is UTC.
      statement.execute("set time zone 'UTC'");
      limit(connection, statementTimeout);
      return connection;
    } catch (SQLException failed) {
      closeQuietly(connection);
      throw failed;
    }
  }

  private static void limit(Connection connection, Duration timeout) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = " + timeout.toMillis());
    }
  }

  private boolean answers(Connection connection) throws SQLException {
    synchronized (this) {
      if (System.nanoTime() - lastAnswer < TRUSTED_NANOSECONDS) {
        return true;
      }
    }
    return connection.isValid(CONNECT_SECONDS);
  }

  private synchronized @Nullable Connection pollIdle() throws SQLException {
    if (closed) {
      throw new SQLException("The service is closed.", "08003");
    }
    return idle.pollFirst();
  }

  private void giveBack(Connection connection, boolean reusable) {
    synchronized (this) {
      if (reusable && !closed) {
        lastAnswer = System.nanoTime();
        idle.addFirst(connection);
        return;
      }
      // It may have been lost, and the others with it: look at the next one before using it.
      lastAnswer = System.nanoTime() - TRUSTED_NANOSECONDS;
    }
    closeQuietly(connection);
  }

  /** Closes all that are not in use. */
  void closeIdle() {
    while (true) {
      Connection connection;
      synchronized (this) {
        connection = idle.pollFirst();
      }
      if (connection == null) {
        return;
      }
      closeQuietly(connection);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closeIdle();
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException gone) {
      // It was of no more use anyhow, and Postgres rolls back what it had open.
    }
  }
}
