package parley.local.rdsdata;

import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;

/**
 * A role's access to the database: its connections and its transactions. A transaction can be used
 * only with the login that began it.
 */
final class Login implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final int TRANSACTIONS = 64;

  private final Statements statements;
  private final Connections forStatements;
  private final Connections forTransactions;
  private final Transactions transactions;
  private volatile @Nullable String databaseName;

  /** Connects to nothing yet. */
  Login(DataSource source, Statements statements, Clock clock) {
    this.statements = statements;
    this.forStatements = new Connections(source, CONNECTIONS, statements.timeout());
    this.forTransactions = new Connections(source, TRANSACTIONS, statements.timeout());
    this.transactions = new Transactions(forTransactions, clock);
  }

  Transactions transactions() {
    return transactions;
  }

  String databaseName() throws SQLException {
    String name = databaseName;
    if (name == null) {
      try (Connections.Lease lease = forStatements.lease()) {
        name = lease.connection().getCatalog();
      }
      databaseName = name;
    }
    return name;
  }

  /**
   * Does something in a transaction, or on a connection of its own.
   *
   * @param transactionId empty for none
   */
  <T> T run(String transactionId, Transactions.Work<T> work) throws SQLException {
    if (!transactionId.isEmpty()) {
      return transactions.use(transactionId, work);
    }
    try (Connections.Lease lease = forStatements.lease()) {
      return work.run(lease);
    }
  }

  /** Runs something that outlives the call if the call times out: continueAfterTimeout. */
  <T> T runDetached(String transactionId, Transactions.Work<T> work) throws SQLException {
    FutureTask<T> task = new FutureTask<>(() -> run(transactionId, work));
    Thread.startVirtualThread(task);
    try {
      return task.get(statements.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw RdsDataErrors.timedOut();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw RdsDataErrors.timedOut();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SQLException failure) {
        throw failure;
      }
      if (failed.getCause() instanceof AwsException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed);
    }
  }

  /** Rolls back what is open and closes all connections. */
  @Override
  public void close() {
    transactions.close();
    forTransactions.close();
    forStatements.close();
  }
}
