package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.Field;

class MigratorTest {
  @Test
  void aStatementEndsWithASemicolonAtTheEndOfALine() {
    assertThat(statements("a;\nb\n  c; \t\r\nd;\n\n")).containsExactly("a", "b\n  c", "d");
    assertThat(statements("-- one; two\na;b;")).containsExactly("-- one; two\na;b");
    assertThat(statements("a $$\nb;\nc;\n$$;\nd;"))
        .as("a semicolon between two $$ ends no statement")
        .containsExactly("a $$\nb;\nc;\n$$", "d");
    assertThat(statements("a")).containsExactly("a");
    assertThat(statements("\n")).isEmpty();
  }

  private static List<String> statements(String text) {
    return new Migration(1, "db/V1__test.sql", text).statements();
  }

  @Test
  void everyFileIsListedAndEveryListedOneIsThere() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(Migrator.class.getClassLoader().getResource("db")).toURI());
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Migrator.MIGRATIONS.stream().map(name -> name + ".sql").toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "V__chat", "V999__missing"})
  void aMigrationWithoutAVersionOrAFileIsRefusedByItsName(String name) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Migration.named(name))
        .withMessageContaining(name);
  }

  @Test
  void aStatementByItselfThatMakesNoIndexIsOnlyRun() {
    FakeDataApi api = new FakeDataApi().giving(Map.of("running", Field.fromBooleanValue(false)));

    LongStatements.runAlone(api.sql(), "db/V1__test.sql", "vacuum messages");

    assertThat(api.executed).hasSize(2);
    assertThat(api.executed.getLast().sql()).endsWith("vacuum messages");
  }

  @Test
  void runsWhatIsNewInOneTransactionAndRecordsIt() {
    FakeDataApi api = new FakeDataApi();
    assertThat(new Migrator(api.sql()).migrate()).contains("db/V1__chat.sql");
    assertThat(api.transactions).containsExactly("begin", "commit tx");
    assertThat(api.executed.stream().map(ExecuteStatementRequest::sql))
        .anyMatch(sql -> sql.startsWith("create table messages"))
        .last()
        .asString()
        .startsWith("insert into schema_migrations");
    assertThat(api.executed.stream().skip(1))
        .allMatch(request -> "tx".equals(request.transactionId()));
  }

  @Test
  void refusesAStatementOutsideOfTheTransactionThatCannotBeRepeated() {
    FakeDataApi api = new FakeDataApi();
    Migration migration =
        new Migration(
            1, "db/V1__test.sql", "-- no transaction\ncreate index concurrently i on t (a);");

    assertThatIllegalStateException()
        .isThrownBy(() -> new Migrator(api.sql(), List.of(migration)).migrate())
        .withMessageContaining("if not exists");
    assertThat(api.executed.stream().map(ExecuteStatementRequest::sql))
        .noneMatch(sql -> sql.contains("concurrently"));
  }

  @Test
  void refusesToRunWhenAMigrationThatRanWasChanged() {
    Map<String, Field> applied =
        Map.of("version", Field.fromLongValue(1L), "checksum", Field.fromStringValue("other"));
    FakeDataApi api = new FakeDataApi().answering(2).giving(applied);
    assertThatIllegalStateException()
        .isThrownBy(() -> new Migrator(api.sql()).migrate())
        .withMessageContaining("db/V1__chat.sql was changed");
    assertThat(api.transactions).containsExactly("begin", "rollback tx");
  }
}
