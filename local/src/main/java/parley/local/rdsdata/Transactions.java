package parley.local.rdsdata;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The transactions that callers have begun, each with its connection. One ends 3 minutes after its
 * last call or 24 hours after its beginning, and is rolled back.
 */
final class Transactions implements AutoCloseable {
  static final Duration IDLE_LIMIT = Duration.ofMinutes(3);
  static final Duration LIFETIME = Duration.ofHours(24);

  private static final int REMEMBERED = 1000;
  private static final String EXPIRED = "Transaction may be expired.";
  private static final String ENDED =
      "One previous call resulted in a termination of your transaction.";

  private final Connections connections;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Set<String> ended =
      Collections.synchronizedSet(Collections.newSetFromMap(remembered()));
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("rds-data-transactions").factory());

  /** What a call does with the connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connections.Lease lease) throws SQLException;
  }

  private static final class Open {
    final Connections.Lease lease;
    final Instant began;
    final ReentrantLock running = new ReentrantLock();
    volatile Instant lastUsed;

    Open(Connections.Lease lease, Instant began) {
      this.lease = lease;
      this.began = began;
      this.lastUsed = began;
    }
  }

  Transactions(Connections connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
    // Nobody need call for an abandoned transaction's locks to be released.
    var _ = sweeper.scheduleWithFixedDelay(this::endExpired, 1, 1, TimeUnit.SECONDS);
  }

  /** Begins one and returns its id. */
  String begin() throws SQLException {
    Connections.Lease lease = connections.lease();
    try {
      lease.connection().setAutoCommit(false);
    } catch (SQLException failed) {
      lease.spoil();
      lease.close();
      throw failed;
    }
    byte[] id = new byte[48];
    random.nextBytes(id);
    String encoded = Base64.getUrlEncoder().encodeToString(id);
    open.put(encoded, new Open(lease, clock.instant()));
    return encoded;
  }

  /**
   * Does something in a transaction.
   *
   * @throws parley.local.aws.AwsException if it is not open, or another call is using it
   */
  <T> T use(String id, Work<T> work) throws SQLException {
    Open transaction = take(id);
    try {
      return work.run(transaction.lease);
    } catch (SQLException failure) {
      if (RdsDataErrors.isConnectionLost(failure)) {
        transaction.lease.spoil();
        release(id, transaction);
      }
      throw failure;
    } finally {
      transaction.lastUsed = clock.instant();
      transaction.running.unlock();
    }
  }

  /**
   * Commits and ends one.
   *
   * @throws SQLException if nothing was committed, as an earlier statement had failed
   */
  void commit(String id) throws SQLException {
    end(
        id,
        connection -> {
          boolean failed =
              connection.unwrap(BaseConnection.class).getTransactionState()
                  == TransactionState.FAILED;
          connection.commit();
          if (failed) {
            // Postgres has answered the commit with a rollback, which the driver does not tell.
            throw new SQLException(
                "current transaction is aborted, commands ignored until end of transaction block",
                "25P02");
          }
        });
  }

  void rollback(String id) throws SQLException {
    end(id, Connection::rollback);
  }

  private interface Ending {
    void apply(Connection connection) throws SQLException;
  }

  private void end(String id, Ending ending) throws SQLException {
    Open transaction = take(id);
    try {
      finish(transaction, ending);
    } finally {
      release(id, transaction);
      transaction.running.unlock();
    }
  }

  private static void finish(Open transaction, Ending ending) throws SQLException {
    try {
      ending.apply(transaction.lease.connection());
      transaction.lease.connection().setAutoCommit(true);
    } catch (SQLException failed) {
      transaction.lease.spoil();
      throw failed;
    }
  }

  private void release(String id, Open transaction) {
    if (open.remove(id, transaction)) {
      ended.add(id);
      transaction.lease.close();
    }
  }

  private Open take(String id) {
    Open transaction = open.get(id);
    if (transaction == null) {
      throw RdsDataErrors.transactionNotFound(id, ended.contains(id) ? ENDED : EXPIRED);
    }
    if (!transaction.running.tryLock()) {
      throw RdsDataErrors.transactionBusy();
    }
    boolean expired = isExpired(transaction);
    if (expired) {
      expire(id, transaction);
    }
    if (expired || open.get(id) != transaction) {
      transaction.running.unlock();
      throw RdsDataErrors.transactionNotFound(id, expired ? EXPIRED : ENDED);
    }
    return transaction;
  }

  private boolean isExpired(Open transaction) {
    Instant now = clock.instant();
    return !now.isBefore(transaction.lastUsed.plus(IDLE_LIMIT))
        || !now.isBefore(transaction.began.plus(LIFETIME));
  }

  /** Rolls back whatever has expired and is not running a statement. */
  void endExpired() {
    open.forEach(
        (id, transaction) -> {
          if (isExpired(transaction) && transaction.running.tryLock()) {
            try {
              expire(id, transaction);
            } finally {
              transaction.running.unlock();
            }
          }
        });
  }

  private void expire(String id, Open transaction) {
    if (open.remove(id, transaction)) {
      abandon(transaction);
    }
  }

  /** Rolls back all that are open, one that is running a statement by cutting its connection. */
  void abandonAll() {
    open.forEach(
        (id, transaction) -> {
          if (open.remove(id, transaction)) {
            abandon(transaction);
          }
        });
  }

  private static void abandon(Open transaction) {
    transaction.lease.cut(); // which rolls back
    transaction.lease.close();
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    abandonAll();
  }

  private static Map<String, Boolean> remembered() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
