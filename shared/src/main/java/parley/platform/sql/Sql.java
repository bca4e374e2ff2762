package parley.platform.sql;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;

/**
 * Runs SQL over the RDS Data API. One statement is one call and one transaction.
 *
 * <p>Errors: a {@link SqlException} for what the database refused; {@link
 * ErrorCode#SERVICE_UNAVAILABLE} when it cannot be reached. Only a paused cluster, which has run
 * nothing, is asked again: what may have taken effect is never repeated here, so that the caller
 * decides what a repetition means.
 */
public final class Sql {
  /** A paused cluster takes about 15 s to resume; the gateway waits 29 s for an answer. */
  private static final Duration RESUME_PATIENCE = Duration.ofSeconds(24);

  private static final Duration RESUME_PAUSE = Duration.ofSeconds(1);

  private final RdsDataClient client;
  private final String database;
  private final String clusterArn;
  private final String secretArn;
  private final @Nullable String transaction;

  public Sql(RdsDataClient client, Config config) {
    this(
        client,
        config.require(Setting.DATABASE_NAME),
        config.require(Setting.DATABASE_ARN),
        config.require(Setting.DATABASE_SECRET_ARN),
        null);
  }

  private Sql(
      RdsDataClient client,
      String database,
      String clusterArn,
      String secretArn,
      @Nullable String transaction) {
    this.client = client;
    this.database = database;
    this.clusterArn = clusterArn;
    this.secretArn = secretArn;
    this.transaction = transaction;
  }

  /** A statement with {@code :named} parameters, to be bound and run. */
  public Statement statement(String text) {
    return new Statement(this, text);
  }

  /**
   * Runs {@code work} in one transaction: committed when it returns, rolled back when it throws. A
   * commit whose answer is lost may have taken effect all the same. The Data API ends a transaction
   * after three idle minutes.
   */
  public <T extends @Nullable Object> T inTransaction(Function<Sql, T> work) {
    String id =
        call(
            () ->
                client
                    .beginTransaction(
                        request ->
                            request.resourceArn(clusterArn).secretArn(secretArn).database(database))
                    .transactionId());
    try {
      T result = work.apply(new Sql(client, database, clusterArn, secretArn, id));
      call(
          () ->
              client.commitTransaction(
                  request ->
                      request.resourceArn(clusterArn).secretArn(secretArn).transactionId(id)));
      return result;
    } catch (RuntimeException e) {
      // A commit that failed too: else what it locked stays so for three minutes.
      rollBack(id, e);
      throw e;
    }
  }

  private void rollBack(String id, RuntimeException cause) {
    try {
      call(
          () ->
              client.rollbackTransaction(
                  request ->
                      request.resourceArn(clusterArn).secretArn(secretArn).transactionId(id)));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest.Builder request) {
    ExecuteStatementRequest complete =
        request
            .resourceArn(clusterArn)
            .secretArn(secretArn)
            .database(database)
            .transactionId(transaction)
            .includeResultMetadata(true)
            .build();
    return call(() -> client.executeStatement(complete));
  }

  private static <T> T call(Call<T> call) {
    long deadline = System.nanoTime() + RESUME_PATIENCE.toNanos();
    while (true) {
      try {
        return call.run();
      } catch (DatabaseResumingException e) {
        if (System.nanoTime() > deadline) {
          throw unavailable("the database is waking up", e);
        }
        pause(e);
      } catch (DatabaseErrorException e) {
        throw SqlException.from(e);
      } catch (SdkServiceException e) {
        if (e.statusCode() >= 500 || e.isThrottlingException()) {
          throw unavailable("the database is not available", e);
        }
        throw e;
      } catch (SdkClientException e) {
        throw unavailable("the database cannot be reached", e);
      }
    }
  }

  private static void pause(RuntimeException cause) {
    try {
      Thread.sleep(RESUME_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while the database woke up", cause);
    }
  }

  private static ChatException unavailable(String message, Throwable cause) {
    return new ChatException(ErrorCode.SERVICE_UNAVAILABLE, message + ", try again soon", cause);
  }

  private interface Call<T> {
    T run();
  }
}
