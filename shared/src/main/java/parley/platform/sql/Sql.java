package parley.platform.sql;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.log.Invocation;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;

/**
 * Runs SQL over the RDS Data API. One statement is one call and one transaction.
 *
 * <p>Errors: a {@link SqlException} for what the database refused; {@link
 * ErrorCode#SERVICE_UNAVAILABLE} when it cannot be reached, or does not wake up or answer while the
 * invocation has time left. A call is repeated only if the Data API says that nothing was run: the
 * cluster was paused, or the statement was cancelled after a timeout ("Controlling Data API timeout
 * behavior" in Aurora's guide). What may have taken effect is never repeated here, so that the
 * caller decides what a repetition means.
 */
public final class Sql {
  /** Longer than the 45 s after which the Data API ends a call and says so. */
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(60);

  /** Left to the function when the database gave no answer: enough to tell the client so. */
  private static final Duration RESERVE = Duration.ofSeconds(3);

  /** Even in the last moments a call gets a chance. */
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);

  private static final String TOO_LONG = "the database took too long";

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RdsDataClient client;
  private final String database;
  private final String clusterArn;
  private final String secretArn;
  private final Sleeper sleeper;
  private final @Nullable String transaction;

  /**
   * @param secretArn of the secret with the database user's name and password
   * @param sleeper pauses between two calls to a cluster that is waking up
   */
  public Sql(RdsDataClient client, Config config, String secretArn, Sleeper sleeper) {
    this(
        client,
        config.require(Setting.DATABASE_NAME),
        config.require(Setting.DATABASE_ARN),
        secretArn,
        sleeper,
        null);
  }

  private Sql(
      RdsDataClient client,
      String database,
      String clusterArn,
      String secretArn,
      Sleeper sleeper,
      @Nullable String transaction) {
    this.client = client;
    this.database = database;
    this.clusterArn = clusterArn;
    this.secretArn = secretArn;
    this.sleeper = sleeper;
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
            OnTimeout.REPEAT,
            () ->
                client
                    .beginTransaction(
                        request ->
                            request
                                .resourceArn(clusterArn)
                                .secretArn(secretArn)
                                .database(database)
                                .overrideConfiguration(Sql::bound))
                    .transactionId());
    try {
      T result = work.apply(new Sql(client, database, clusterArn, secretArn, sleeper, id));
      call(
          OnTimeout.FAIL,
          () ->
              client.commitTransaction(
                  request ->
                      request
                          .resourceArn(clusterArn)
                          .secretArn(secretArn)
                          .transactionId(id)
                          .overrideConfiguration(Sql::bound)));
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
          OnTimeout.FAIL,
          () ->
              client.rollbackTransaction(
                  request ->
                      request
                          .resourceArn(clusterArn)
                          .secretArn(secretArn)
                          .transactionId(id)
                          .overrideConfiguration(Sql::bound)));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest.Builder request) {
    return execute(request, transaction == null ? OnTimeout.REPEAT : OnTimeout.FAIL);
  }

  ExecuteStatementResponse execute(ExecuteStatementRequest.Builder request, OnTimeout onTimeout) {
    request
        .resourceArn(clusterArn)
        .secretArn(secretArn)
        .database(database)
        .transactionId(transaction)
        .includeResultMetadata(true);
    return call(
        onTimeout,
        () -> client.executeStatement(request.overrideConfiguration(Sql::bound).build()));
  }

  /** Has a call end while the invocation still has time to answer its client. */
  private static void bound(AwsRequestOverrideConfiguration.Builder override) {
    Duration left = timeToWait();
    Duration patience = left.compareTo(CALL_PATIENCE) < 0 ? left : CALL_PATIENCE;
    override.apiCallTimeout(patience.compareTo(SHORTEST_CALL) < 0 ? SHORTEST_CALL : patience);
  }

  private static Duration timeToWait() {
    return Invocation.current().timeLeft().minus(RESERVE);
  }

  /** What is done when a call took too long for the Data API, which says so. */
  enum OnTimeout {
    /** It was cancelled and left nothing behind: it is repeated while there is time. */
    REPEAT,
    /** It was cancelled, and the transaction has failed with it. */
    FAIL,
    /** The statement goes on: the caller is told by a {@link StatementTimeoutException}. */
    TELL
  }

  private <T> T call(OnTimeout onTimeout, Call<T> call) {
    while (true) {
      try {
        return call.run();
      } catch (DatabaseResumingException e) {
        pause("the database is waking up", e);
      } catch (StatementTimeoutException e) {
        switch (onTimeout) {
          case REPEAT -> pause(TOO_LONG, e);
          case FAIL -> throw unavailable(TOO_LONG, e);
          case TELL -> throw e;
        }
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

  /** Pauses before the next try, or gives up with {@code message} if there is no time for one. */
  void pause(String message, @Nullable RuntimeException cause) {
    if (timeToWait().compareTo(PAUSE) < 0) {
      throw unavailable(message, cause);
    }
    try {
      sleeper.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while the database was waited for", cause);
    }
  }

  private static ChatException unavailable(String message, @Nullable Throwable cause) {
    return new ChatException(ErrorCode.SERVICE_UNAVAILABLE, message + ", try again soon", cause);
  }

  private interface Call<T> {
    T run();
  }
}
