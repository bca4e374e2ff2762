package parley.local.rdsdata;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import parley.local.aws.AwsException;

/**
 * The Data API's errors. The codes and statuses are those of its service model, the messages those
 * that callers of Aurora Serverless v2 report, where any could be found.
 */
final class RdsDataErrors {
  private RdsDataErrors() {}

  /** What is wrong with a request itself: v2 answers it so, v1 did with BadRequestException. */
  static AwsException invalid(String message) {
    return new AwsException(400, "ValidationException", message);
  }

  static AwsException unreadable(String message) {
    return new AwsException(400, "SerializationException", message);
  }

  static AwsException unknownResource(String resourceArn) {
    return new AwsException(
        400,
        "HttpEndpointNotEnabledException",
        "HttpEndpoint is not enabled for resource " + resourceArn);
  }

  static AwsException unknownSecret() {
    return new AwsException(
        400, "SecretsErrorException", "Secrets Manager can't find the specified secret.");
  }

  static AwsException resuming() {
    return new AwsException(
        400,
        "DatabaseResumingException",
        "The Aurora DB instance db-PARLEYLOCAL is resuming after being auto-paused. Please wait a"
            + " few seconds and try again.");
  }

  static AwsException transactionNotFound(String id, String cause) {
    return new AwsException(
        404, "TransactionNotFoundException", "Transaction " + id + " is not found. " + cause);
  }

  static AwsException transactionBusy() {
    return new AwsException(400, "DatabaseErrorException", "Transaction is still running a query");
  }

  static AwsException unsupportedResult(String message) {
    return new AwsException(400, "UnsupportedResultException", message);
  }

  static AwsException timedOut() {
    return new AwsException(400, "StatementTimeoutException", "Request timed out");
  }

  static AwsException unavailable() {
    return new AwsException(
        504,
        "DatabaseUnavailableException",
        "The writer instance in the DB cluster isn't available.");
  }

  static AwsException unknownDatabase(String database) {
    return new AwsException(
        400,
        "DatabaseErrorException",
        "ERROR: database \"" + database + "\" does not exist; SQLState: 3D000");
  }

  /** What the API answers when the database or the driver fails. */
  static AwsException of(SQLException failure) {
    if (isConnectionLost(failure)) {
      return unavailable();
    }
    ServerErrorMessage server = serverError(failure);
    String message =
        server == null
            ? "ERROR: " + failure.getMessage() + "; SQLState: " + failure.getSQLState()
            : render(server);
    return new AwsException(400, "DatabaseErrorException", message);
  }

  /**
   * Whether the server is gone, starting or stopping, after which the connection is of no use:
   * class 08, admin_shutdown, crash_shutdown and cannot_connect_now of Postgres's appendix A.
   */
  static boolean isConnectionLost(SQLException failure) {
    for (SQLException at = failure; at != null; at = at.getNextException()) {
      String state = at.getSQLState();
      if (state != null && (state.startsWith("08") || state.matches("57P0[123]"))) {
        return true;
      }
    }
    return false;
  }

  static boolean isCancelled(SQLException failure) {
    return "57014".equals(failure.getSQLState());
  }

  private static @Nullable ServerErrorMessage serverError(SQLException failure) {
    // A batch's exception says nothing itself and carries the server's as the next one.
    for (SQLException at = failure; at != null; at = at.getNextException()) {
      if (at instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
        return postgres.getServerErrorMessage();
      }
    }
    return null;
  }

  private static String render(ServerErrorMessage error) {
    StringBuilder text = new StringBuilder();
    text.append(error.getSeverity()).append(": ").append(error.getMessage());
    appendLine(text, "Detail", error.getDetail());
    appendLine(text, "Hint", error.getHint());
    appendLine(text, "Where", error.getWhere());
    if (error.getPosition() > 0) {
      text.append("; Position: ").append(error.getPosition());
    }
    return text.append("; SQLState: ").append(error.getSQLState()).toString();
  }

  private static void appendLine(StringBuilder text, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append("\n  ").append(label).append(": ").append(value);
    }
  }
}
