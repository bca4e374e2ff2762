package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.local.rdsdata.DataApi.number;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;

@Timeout(60)
class TransactionTest {
  @SuppressWarnings("NullAway.Init")
  private DataApi api;

  @BeforeEach
  void start() throws Exception {
    Database.run(
        "drop table if exists counter",
        "create table counter (id int primary key, value int not null)",
        "insert into counter values (1, 0)");
    api = new DataApi(Database.source(), Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private long value() {
    return api.value("select value from counter where id = 1").longValue();
  }

  @Test
  void aCommittedChangeIsSeenOnlyAfterwards() {
    String transaction = api.begin();
    api.executeIn(transaction, "update counter set value = 5");
    assertThat(value()).isZero();
    assertThat(api.commit(transaction)).isEqualTo("Transaction Committed");
    assertThat(value()).isEqualTo(5);
  }

  @Test
  void aRolledBackChangeIsNeverSeen() {
    String transaction = api.begin();
    api.executeIn(transaction, "update counter set value = 5");
    assertThat(api.rollback(transaction)).isEqualTo("Rollback Complete");
    assertThat(value()).isZero();
  }

  @Test
  void afterAnErrorTheTransactionCanOnlyBeRolledBack() {
    String transaction = api.begin();
    api.executeIn(transaction, "update counter set value = 5");
    assertThatThrownBy(() -> api.executeIn(transaction, "select 1 / 0"))
        .hasMessageContaining("SQLState: 22012");
    assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
        .hasMessageContaining("SQLState: 25P02");
    assertThatThrownBy(() -> api.commit(transaction))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("SQLState: 25P02");
    assertThat(value()).isZero();
  }

  @Test
  void anUnknownOrEndedTransactionIsNotFound() {
    String transaction = api.begin();
    api.commit(transaction);
    assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
        .isInstanceOfSatisfying(
            TransactionNotFoundException.class,
            error -> assertThat(error.statusCode()).isEqualTo(404))
        .hasMessageContaining("One previous call resulted in a termination of your transaction.");
    assertThatThrownBy(() -> api.commit(transaction))
        .isInstanceOf(TransactionNotFoundException.class);
    assertThatThrownBy(() -> api.rollback("unknown"))
        .isInstanceOf(TransactionNotFoundException.class)
        .hasMessageContaining("Transaction unknown is not found");
  }

  @Test
  void threeMinutesWithoutACallEndIt() {
    String transaction = api.begin();
    api.clock.advance(Duration.ofSeconds(179));
    api.executeIn(transaction, "update counter set value = 5");
    api.clock.advance(Duration.ofSeconds(179));
    api.executeIn(transaction, "select 1");
    api.clock.advance(Duration.ofSeconds(181));

    assertThatThrownBy(() -> api.commit(transaction))
        .isInstanceOf(TransactionNotFoundException.class)
        .hasMessageContaining("Transaction may be expired.");
    assertThat(value()).isZero();
  }

  @Test
  void oneDayEndsIt() {
    String transaction = api.begin();
    for (int minutes = 2; minutes < 24 * 60; minutes += 2) {
      api.clock.advance(Duration.ofMinutes(2));
      api.executeIn(transaction, "select 1");
    }
    api.clock.advance(Duration.ofMinutes(2));
    assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
        .isInstanceOf(TransactionNotFoundException.class);
  }

  @Test
  void anExpiredTransactionsLocksAreReleasedThoughNobodyCalls() throws Exception {
    api.executeIn(api.begin(), "update counter set value = 5");
    api.clock.advance(Duration.ofMinutes(3));
    Database.run("set lock_timeout = '20s'; update counter set value = 7");
    assertThat(value()).isEqualTo(7);
  }

  @Test
  void aSecondCallAtOnceIsRefusedAsOnServerlessV2() throws Exception {
    String holder = api.begin();
    api.executeIn(holder, "select * from counter for update");
    String transaction = api.begin();
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () ->
                api.execute(
                    request -> request.transactionId(transaction).continueAfterTimeout(true),
                    "update counter set value = value + 1"));
    awaitBlockedStatement();

    assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("Transaction is still running a query");
    api.rollback(holder);
    waiting.get(20, TimeUnit.SECONDS);
    api.commit(transaction);
    assertThat(value()).isEqualTo(1);
  }

  private void awaitBlockedStatement() {
    while (api.value("select count(*) from pg_locks where not granted").longValue() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aStatementThatTakesTooLongIsCancelled() {
    assertThatThrownBy(() -> api.execute("select pg_sleep(30)"))
        .isInstanceOfSatisfying(
            StatementTimeoutException.class,
            error -> assertThat(error.statusCode()).isEqualTo(400));
    assertThat(running()).isZero();
    assertThat(value()).isZero();
  }

  @Test
  void aStatementThatTakesTooLongContinuesOnRequest() {
    assertThatThrownBy(
            () ->
                api.execute(
                    request -> request.continueAfterTimeout(true),
                    "with pause as materialized (select pg_sleep(1.5)) update counter set value ="
                        + " 9 from pause"))
        .isInstanceOf(StatementTimeoutException.class);
    while (running() > 0) {
      Thread.onSpinWait();
    }
    assertThat(value()).isEqualTo(9);
  }

  @Test
  void theNextStatementOfASessionThatRanWithoutALimitHasOneAgain() {
    api.execute(request -> request.continueAfterTimeout(true), "select 1");

    assertThatThrownBy(() -> api.execute("select pg_sleep(30)"))
        .isInstanceOf(StatementTimeoutException.class);
  }

  private long running() {
    return api.value(
            "select count(*) from pg_stat_activity where state = 'active' and query like"
                + " '%pg_sleep%' and pid <> pg_backend_pid()")
        .longValue();
  }

  @Test
  void closingTheServiceRollsBack() throws Exception {
    api.executeIn(api.begin(), "update counter set value = 5");
    api.service.close();
    Database.run("set lock_timeout = '20s'; update counter set value = value + 1");
    try (DataApi other = new DataApi(Database.source())) {
      assertThat(other.value("select value from counter").longValue()).isEqualTo(1);
    }
  }

  @Test
  void settingsMadeInATransactionEndWithIt() {
    String transaction = api.begin();
    api.executeIn(transaction, "set search_path = nowhere");
    api.commit(transaction);
    String next = api.begin();
    assertThat(
            api.executeIn(next, "show search_path").records().getFirst().getFirst().stringValue())
        .doesNotContain("nowhere");
    api.rollback(next);
  }

  @Test
  void manyCallsAtOnceShareFewConnections() {
    CompletableFuture<?>[] calls = new CompletableFuture<?>[200];
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int call = 0; call < calls.length; call++) {
        calls[call] =
            CompletableFuture.runAsync(
                () -> api.execute("update counter set value = value + :by", number("by", 1)),
                threads);
      }
      CompletableFuture.allOf(calls).join();
    }
    assertThat(value()).isEqualTo(200);
  }
}
