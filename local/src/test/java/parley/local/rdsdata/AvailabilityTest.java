package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseUnavailableException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;

@Timeout(120)
class AvailabilityTest {
  @Test
  void theNextRequestWorksWhenTheDatabaseIsBack(@TempDir Path directory) throws Exception {
    int port = freePort();
    EmbeddedPostgres first = postgres(directory, port);
    try (DataApi api = new DataApi(first.getPostgresDatabase())) {
      api.execute("create table kept (id int)");
      String transaction = api.begin();
      api.executeIn(transaction, "insert into kept values (1)");

      first.close();
      long start = System.nanoTime();
      assertThatThrownBy(() -> api.execute("select 1"))
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class,
              error -> assertThat(error.statusCode()).isEqualTo(504));
      assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
          .isInstanceOf(DatabaseUnavailableException.class);
      assertThatThrownBy(api::begin).isInstanceOf(DatabaseUnavailableException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

      try (EmbeddedPostgres _ = postgres(directory, port)) {
        assertThat(api.value("select count(*) from kept").longValue()).isZero();
        assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
            .isInstanceOf(TransactionNotFoundException.class);
        api.commit(api.begin());
      }
    }
  }

  @Test
  void aRestartBetweenTwoRequestsIsNotNoticed(@TempDir Path directory) throws Exception {
    int port = freePort();
    EmbeddedPostgres first = postgres(directory, port);
    try (DataApi api = new DataApi(first.getPostgresDatabase())) {
      api.execute("select 1");
      api.rollback(api.begin());
      first.close();
      try (EmbeddedPostgres _ = postgres(directory, port)) {
        assertThat(api.execute("select 1").records()).hasSize(1);
        assertThat(api.begin()).isNotEmpty();
      }
    }
  }

  @Test
  void lostConnectionsFailNoMoreThanTheCallThatWasUsingOne() throws Exception {
    try (DataApi api = new DataApi(Database.source())) {
      String transaction = api.begin();
      api.executeIn(transaction, "select 1");
      fillPool(api);

      // It waits until each has ended, the caller's own last.
      assertThatThrownBy(
              () ->
                  api.execute(
                      "select pg_terminate_backend(pid, 10000) from (select pid from pg_stat_activity"
                          + " where backend_type = 'client backend'"
                          + " order by pid = pg_backend_pid()) as backends"))
          .isInstanceOf(DatabaseUnavailableException.class);
      assertThat(api.execute("select 1").records()).hasSize(1);
      fillPool(api);
      assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
          .isInstanceOf(DatabaseUnavailableException.class);
      assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
          .isInstanceOf(TransactionNotFoundException.class);
    }
  }

  private static void fillPool(DataApi api) {
    CompletableFuture<?>[] calls = new CompletableFuture<?>[8];
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int call = 0; call < calls.length; call++) {
        calls[call] =
            CompletableFuture.runAsync(() -> api.execute("select pg_sleep(0.2)"), threads);
      }
      CompletableFuture.allOf(calls).join();
    }
  }

  @Test
  void aPausedClusterResumesAfterItsFirstCall() throws Exception {
    try (DataApi api = new DataApi(Database.source())) {
      String transaction = api.begin();
      api.service.pause(Duration.ofSeconds(15));
      api.clock.advance(Duration.ofHours(1));

      resuming(api);
      api.clock.advance(Duration.ofSeconds(14));
      resuming(api);
      api.clock.advance(Duration.ofSeconds(1));
      assertThat(api.execute("select 1").records()).hasSize(1);
      assertThatThrownBy(() -> api.executeIn(transaction, "select 1"))
          .isInstanceOf(TransactionNotFoundException.class);
    }
  }

  private static void resuming(DataApi api) {
    assertThatThrownBy(() -> api.execute("select 1"))
        .isInstanceOfSatisfying(
            DatabaseResumingException.class, error -> assertThat(error.statusCode()).isEqualTo(400))
        .hasMessageContaining("is resuming after being auto-paused");
  }

  @Test
  void aClosedServiceIsUnavailable() throws Exception {
    try (DataApi api = new DataApi(Database.source())) {
      api.execute("select 1");
      api.service.close();
      assertThatThrownBy(() -> api.execute("select 1"))
          .isInstanceOf(DatabaseUnavailableException.class);
    }
  }

  private static EmbeddedPostgres postgres(Path directory, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
