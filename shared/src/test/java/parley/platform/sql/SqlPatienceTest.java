package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Level;
import parley.platform.log.Log;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;

/** How long a database that does not answer is waited for, and what is asked of it again. */
class SqlPatienceTest {
  private final FakeDataApi api = new FakeDataApi();

  /** A function with so much time, which passes only while somebody pauses. */
  private static final class Lambda {
    private static final Log LOG =
        new Log("Function", "test", Level.ERROR, Clock.systemUTC(), line -> {});

    private Duration left;

    Lambda(Duration timeout) {
      left = timeout;
    }

    void sleep(Duration pause) {
      left = left.minus(pause);
    }

    <T> T run(ScopedValue.CallableOp<T, RuntimeException> work) {
      return LOG.invocation("r1", () -> left, work);
    }
  }

  private static DatabaseResumingException resuming() {
    return DatabaseResumingException.builder().message("is resuming").statusCode(400).build();
  }

  private static StatementTimeoutException timedOut() {
    return StatementTimeoutException.builder().message("timed out").statusCode(400).build();
  }

  private Optional<Long> selectOne(Lambda lambda) {
    Sql sql = api.sql(lambda::sleep);
    return lambda.run(() -> sql.statement("select 1").first(row -> row.integer("one")));
  }

  @Test
  void waitsForAPausedDatabaseAsLongAsItsFunctionHasTime() {
    Lambda migration = new Lambda(Duration.ofMinutes(5));
    IntStream.range(0, 200).forEach(second -> api.failing(resuming()));
    api.giving(Map.of("one", Field.fromLongValue(1L)));

    assertThat(selectOne(migration)).contains(1L);
    assertThat(migration.left).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void repeatsAStatementThatTimedOutWhileTheDatabaseResumedBecauseItWasCancelled() {
    api.failing(resuming())
        .failing(timedOut())
        .failing(timedOut())
        .giving(Map.of("one", Field.fromLongValue(1L)));

    assertThat(selectOne(new Lambda(Duration.ofSeconds(29)))).contains(1L);
    assertThat(api.executed).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asksToTryAgainWhileItsFunctionCanStillAnswer(boolean timeouts) {
    Lambda front = new Lambda(Duration.ofSeconds(29));
    IntStream.range(0, 60).forEach(second -> api.failing(timeouts ? timedOut() : resuming()));

    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> selectOne(front))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(front.left).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalServerErrorException, true",
    "429, TooManyRequestsException, true",
    "400, ThrottlingException, true",
    "403, AccessDeniedException, false"
  })
  void asksToTryAgainOnlyAfterARefusalThatPasses(int status, String code, boolean passes) {
    AwsServiceException refusal =
        RdsDataException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
    api.failing(refusal);

    assertThatException()
        .isThrownBy(() -> selectOne(new Lambda(Duration.ofSeconds(29))))
        .satisfies(
            thrown -> {
              if (passes) {
                assertThat(thrown)
                    .isInstanceOfSatisfying(
                        ChatException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
              } else {
                assertThat(thrown).isSameAs(refusal);
              }
            });
  }

  @Test
  void endsEachCallWhileItsFunctionCanStillAnswer() {
    assertThat(patienceOf(new Lambda(Duration.ofSeconds(29)))).isEqualTo(Duration.ofSeconds(26));
    assertThat(patienceOf(new Lambda(Duration.ofMinutes(5)))).isEqualTo(Duration.ofSeconds(60));
    assertThat(patienceOf(new Lambda(Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(1));
  }

  private Duration patienceOf(Lambda lambda) {
    api.giving(Map.of("one", Field.fromLongValue(1L)));
    selectOne(lambda);
    return api.executed
        .getLast()
        .overrideConfiguration()
        .orElseThrow()
        .apiCallTimeout()
        .orElseThrow();
  }

  @Test
  void doesNotRepeatAStatementThatTimedOutInATransactionBecauseThatHasFailed() {
    api.failing(timedOut());

    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(
            () ->
                api.sql()
                    .inTransaction(
                        transaction -> transaction.statement("update").first(row -> row)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(api.executed).hasSize(1);
    assertThat(api.transactions).containsExactly("begin", "rollback tx");
  }
}
