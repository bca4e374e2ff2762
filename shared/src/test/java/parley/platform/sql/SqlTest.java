package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rdsdata.model.BadRequestException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.InternalServerErrorException;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.TypeHint;

class SqlTest {
  private static final UUID ID = UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d");
  private final FakeDataApi api = new FakeDataApi();

  @Test
  void bindsEveryTypeInTheFormThatTheDataApiWants() {
    api.sql()
        .statement("select 1")
        .bind("text", "x")
        .bind("id", ID)
        .bind("number", 7)
        .bind("flag", true)
        .bind("time", Instant.parse("2026-11-22T10:15:30.123456Z"))
        .bind("none", (@Nullable String) null)
        .bind("noId", (@Nullable UUID) null)
        .execute();
    ExecuteStatementRequest request = api.executed.getFirst();
    assertThat(request.database()).isEqualTo("parley");
    assertThat(request.transactionId()).isNull();
    assertThat(request.parameters())
        .containsExactly(
            parameter("text", Field.fromStringValue("x"), null),
            parameter("id", Field.fromStringValue(ID.toString()), TypeHint.UUID),
            parameter("number", Field.fromLongValue(7L), null),
            parameter("flag", Field.fromBooleanValue(true), null),
            parameter("time", Field.fromStringValue("2026-11-22 10:15:30.123"), TypeHint.TIMESTAMP),
            parameter("none", Field.fromIsNull(true), null),
            parameter("noId", Field.fromIsNull(true), null));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22 10:15:30.123, 2026-11-22T10:15:30.123Z",
    "2026-11-22 10:15:30.5, 2026-11-22T10:15:30.500Z",
    "2026-11-22 10:15:30, 2026-11-22T10:15:30Z",
  })
  void readsATimeWithTheDigitsItHas(String sent, Instant meant) {
    api.giving(Map.of("at", Field.fromStringValue(sent)));
    assertThat(api.sql().statement("select").first(row -> row.instant("at"))).contains(meant);
  }

  @Test
  void readsColumnsByTheirNames() {
    api.giving(
        Map.of(
            "id", Field.fromStringValue(ID.toString()),
            "seq", Field.fromLongValue(7L),
            "flag", Field.fromBooleanValue(true),
            "none", Field.fromIsNull(true)));
    String read =
        api.sql()
            .statement("select")
            .first(
                row ->
                    row.uuid("id")
                        + " "
                        + row.integer("seq")
                        + " "
                        + row.flag("flag")
                        + " "
                        + row.optionalString("none"))
            .orElseThrow();
    assertThat(read).isEqualTo(ID + " 7 true Optional.empty");
  }

  @Test
  void namesTheColumnThatIsMissingOrUnexpectedlyNull() {
    api.giving(Map.of("none", Field.fromIsNull(true))).giving(Map.of("a", Field.fromLongValue(1L)));
    Statement statement = api.sql().statement("select");
    assertThatIllegalStateException()
        .isThrownBy(() -> statement.first(row -> row.string("none")))
        .withMessageContaining("none");
    assertThatIllegalStateException()
        .isThrownBy(() -> statement.first(row -> row.string("b")))
        .withMessageContaining("b");
  }

  @Test
  void commitsWhatWasDoneInATransaction() {
    String result =
        api.sql()
            .inTransaction(
                sql -> {
                  sql.statement("select 1").execute();
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(api.transactions).containsExactly("begin", "commit tx");
    assertThat(api.executed.getFirst().transactionId()).isEqualTo("tx");
  }

  @Test
  void rollsBackWhatFailed() {
    assertThatThrownBy(
            () ->
                api.sql()
                    .inTransaction(
                        sql -> {
                          throw new IllegalArgumentException("no");
                        }))
        .hasMessage("no");
    assertThat(api.transactions).containsExactly("begin", "rollback tx");
  }

  @Test
  void rollsBackWhatCouldNotBeCommitted() {
    api.failingCommits(SdkClientException.create("no answer"));

    assertThatThrownBy(() -> api.sql().inTransaction(sql -> "done"))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(api.transactions).containsExactly("begin", "commit tx", "rollback tx");
  }

  @Test
  void tellsWhichConstraintWasBrokenAndNoneOfTheData() {
    api.failing(
        DatabaseErrorException.builder()
            .message(
                "ERROR: duplicate key value violates unique constraint \"users_email_key\"\n"
                    + "  Detail: Key (email)=(ada@example.com) already exists.; SQLState: 23505")
            .build());
    assertThatExceptionOfType(SqlException.class)
        .isThrownBy(() -> api.sql().statement("insert").execute())
        .withMessage("SQLSTATE 23505, constraint users_email_key")
        .withNoCause()
        .satisfies(e -> assertThat(e.violatesUnique("users_email_key")).isTrue())
        .satisfies(e -> assertThat(e.violatesUnique("messages_pkey")).isFalse());
  }

  @Test
  void takesNothingThatAUserWroteForAStateOrAConstraint() {
    api.failing(
        DatabaseErrorException.builder()
            .message(
                "ERROR: duplicate key value violates unique constraint \"messages_client_id\"\n"
                    + "  Detail: Key (client_id)=(constraint \"x\";SQLState:40001) already exists.;"
                    + " SQLState: 23505")
            .build());
    assertThatExceptionOfType(SqlException.class)
        .isThrownBy(() -> api.sql().statement("insert").execute())
        .withMessage("SQLSTATE 23505, constraint messages_client_id");

    FakeDataApi other =
        new FakeDataApi()
            .failing(
                DatabaseErrorException.builder()
                    .message(
                        "ERROR: invalid input syntax for type uuid: \"constraint \"x\"\";"
                            + " SQLState: 22P02")
                    .build());
    assertThatExceptionOfType(SqlException.class)
        .isThrownBy(() -> other.sql().statement("select").execute())
        .withMessage("SQLSTATE 22P02");
  }

  @Test
  void repeatsNothingThatMayHaveTakenEffect() {
    for (RuntimeException failure :
        List.of(
            SdkClientException.create("Read timed out"),
            InternalServerErrorException.builder().statusCode(500).build())) {
      FakeDataApi failing = new FakeDataApi().failing(failure);
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> failing.sql().statement("insert").execute())
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
      assertThat(failing.executed).hasSize(1);
    }
  }

  @Test
  void doesNotTakeOurOwnMistakeForAnOutage() {
    api.failing(BadRequestException.builder().message("no such parameter").statusCode(400).build());
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> api.sql().statement("select").execute());
  }

  private static SqlParameter parameter(String name, Field value, @Nullable TypeHint hint) {
    return SqlParameter.builder().name(name).value(value).typeHint(hint).build();
  }
}
