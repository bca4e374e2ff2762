package parley.local.rdsdata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import com.fasterxml.jackson.databind.node.ObjectNode;
import parley.local.aws.AwsException;

/**
 * Runs statements on a connection.
 *
 * @param timeout after which the connection's session ends a statement
 */
record Statements(Duration timeout) {
  /** Runs a statement once and reads its result. */
  ObjectNode execute(
      Connections.Lease lease,
      NamedStatement statement,
      ParameterSet parameters,
      ResultReader reader,
      boolean continueAfterTimeout)
      throws SQLException {
    return timed(
        lease,
        statement,
        continueAfterTimeout,
        prepared -> {
          prepared.setMaxRows(ResultReader.ROWS_LIMIT);
          parameters.bind(prepared);
          prepared.execute();
          return reader.read(prepared);
        });
  }

  /** Runs a statement once for each set of parameters: all of them take effect, or none. */
  void executeAll(Connections.Lease lease, NamedStatement statement, List<ParameterSet> sets)
      throws SQLException {
    Connection connection = lease.connection();
    boolean inTransaction = !connection.getAutoCommit();
    try {
      connection.setAutoCommit(false);
      timed(
          lease,
          statement,
          false,
          prepared -> {
            for (ParameterSet set : sets) {
              set.bind(prepared);
              prepared.addBatch();
            }
            return prepared.executeBatch();
          });
      if (!inTransaction) {
        connection.commit();
        connection.setAutoCommit(true);
      }
    } catch (SQLException | AwsException failed) {
      if (!inTransaction) {
        lease.spoil(); // closing the connection rolls back
      }
      throw failed;
    }
  }

  private interface Run<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private <T> T timed(
      Connections.Lease lease, NamedStatement statement, boolean unlimited, Run<T> run)
      throws SQLException {
    if (statement.changesSession()) {
      lease.spoil();
    }
    long start = System.nanoTime();
    try {
      return unlimited ? unlimited(lease, statement, run) : run(lease, statement, run);
    } catch (SQLException failure) {
      if (RdsDataErrors.isConnectionLost(failure)) {
        lease.spoil();
      }
      if (RdsDataErrors.isCancelled(failure) && System.nanoTime() - start >= timeout.toNanos()) {
        throw RdsDataErrors.timedOut();
      }
      throw failure;
    }
  }

  private static <T> T run(Connections.Lease lease, NamedStatement statement, Run<T> run)
      throws SQLException {
    try (PreparedStatement prepared = lease.connection().prepareStatement(statement.sql())) {
      return run.on(prepared);
    }
  }

  private <T> T unlimited(Connections.Lease lease, NamedStatement statement, Run<T> run)
      throws SQLException {
    lease.limitStatements(Duration.ZERO);
    boolean limited = false;
    try {
      T result = run(lease, statement, run);
      lease.limitStatements(timeout);
      limited = true;
      return result;
    } finally {
      if (!limited) {
        lease.spoil();
      }
    }
  }
}
