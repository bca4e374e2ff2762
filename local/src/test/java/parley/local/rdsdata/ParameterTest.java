package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.local.rdsdata.DataApi.hinted;
import static parley.local.rdsdata.DataApi.number;
import static parley.local.rdsdata.DataApi.parameter;
import static parley.local.rdsdata.DataApi.text;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.TypeHint;

class ParameterTest {
  private static final String ID = "0190b6f2-0000-7000-8000-000000000001";

  @SuppressWarnings("NullAway.Init")
  private static DataApi api;

  @BeforeAll
  static void start() throws Exception {
    Database.run(
        "drop table if exists item",
        "create table item (id uuid primary key, payload jsonb, price numeric(10, 2), day date,"
            + " at timestamptz, number int)");
    api = new DataApi(Database.source());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void eachKindOfValueArrivesWithItsType() {
    assertThat(typeOf(text("v", "a"))).isEqualTo("character varying");
    assertThat(typeOf(number("v", 7))).isEqualTo("bigint");
    assertThat(typeOf(parameter("v", Field.fromDoubleValue(1.5)))).isEqualTo("double precision");
    assertThat(typeOf(parameter("v", Field.fromBooleanValue(true)))).isEqualTo("boolean");
    assertThat(typeOf(parameter("v", Field.fromBlobValue(SdkBytes.fromUtf8String("b")))))
        .isEqualTo("bytea");
    assertThat(typeOf(hinted("v", ID, TypeHint.UUID))).isEqualTo("uuid");
    assertThat(typeOf(hinted("v", "{\"a\": 1}", TypeHint.JSON))).isEqualTo("json");
    assertThat(typeOf(hinted("v", "1.50", TypeHint.DECIMAL))).isEqualTo("numeric");
    assertThat(typeOf(hinted("v", "2026-01-31", TypeHint.DATE))).isEqualTo("date");
    assertThat(typeOf(hinted("v", "23:59:59.5", TypeHint.TIME)))
        .isEqualTo("time without time zone");
    assertThat(typeOf(hinted("v", "2026-01-31 23:59:59.123", TypeHint.TIMESTAMP)))
        .isEqualTo("timestamp without time zone");
  }

  private static String typeOf(SqlParameter parameter) {
    return api.value("select pg_typeof(:v)::text", parameter).stringValue();
  }

  @Test
  void valuesArriveUnchanged() {
    byte[] bytes = {0, 1, -1, 39};
    assertThat(api.value("select :v", text("v", "quote ' \\ ? :v 😀")).stringValue())
        .isEqualTo("quote ' \\ ? :v 😀");
    assertThat(api.value("select :v", number("v", Long.MIN_VALUE)).longValue())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(api.value("select :v", parameter("v", Field.fromDoubleValue(0.1))).doubleValue())
        .isEqualTo(0.1);
    assertThat(
            api.value(
                    "select :v", parameter("v", Field.fromBlobValue(SdkBytes.fromByteArray(bytes))))
                .blobValue()
                .asByteArray())
        .isEqualTo(bytes);
    assertThat(api.value("select :v || :v", text("v", "ab")).stringValue()).isEqualTo("abab");
  }

  @Test
  void hintedValuesGoIntoTheirColumns() {
    api.execute(
        "insert into item values (:id, :payload, :price, :day, :at, :number)",
        hinted("id", ID, TypeHint.UUID),
        hinted("payload", "{\"a\": [1]}", TypeHint.JSON),
        hinted("price", "12.30", TypeHint.DECIMAL),
        hinted("day", "2026-02-28", TypeHint.DATE),
        hinted("at", "2026-02-28 10:00:00.25", TypeHint.TIMESTAMP),
        number("number", 3));

    assertThat(
            api.execute("select * from item where id = :id", hinted("id", ID, TypeHint.UUID))
                .records()
                .getFirst())
        .containsExactly(
            Field.fromStringValue(ID),
            Field.fromStringValue("{\"a\": [1]}"),
            Field.fromStringValue("12.30"),
            Field.fromStringValue("2026-02-28"),
            Field.fromStringValue("2026-02-28 10:00:00.250"),
            Field.fromLongValue(3L));
    api.execute("delete from item");
  }

  @Test
  void aStringWithoutHintOrCastIsNoUuid() {
    assertThatThrownBy(() -> api.execute("select 1 from item where id = :id", text("id", ID)))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("ERROR: operator does not exist: uuid = character varying")
        .hasMessageContaining("\n  Hint: No operator matches")
        .hasMessageContaining("; Position: 29; SQLState: 42883");
    assertThat(api.execute("select 1 from item where id = :id::uuid", text("id", ID)).records())
        .isEmpty();
  }

  @Test
  void aListIsAStringThatIsCast() {
    assertThat(
            api.execute(
                    "select x from generate_series(1, 5) x where x = any(:list::int[])",
                    text("list", "{2,4}"))
                .records())
        .hasSize(2);
  }

  @Test
  void nullsNeedNoHint() {
    Field none = Field.fromIsNull(true);
    api.execute(
        "insert into item (id, payload, price) values (gen_random_uuid(), :payload, :price)",
        parameter("payload", none),
        SqlParameter.builder().name("price").typeHint(TypeHint.DECIMAL).value(none).build());

    assertThat(api.execute("select payload, price, number from item").records().getFirst())
        .containsExactly(none, none, none);
    api.execute("delete from item");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATE|2026-02-30",
        "DATE|2026-2-3",
        "DATE|yesterday",
        "TIME|25:00:00",
        "TIME|10:00",
        "TIMESTAMP|2026-01-01T10:00:00",
        "TIMESTAMP|2026-01-01 10:00:00Z",
        "TIMESTAMP|2026-01-01",
        "DECIMAL|1,5",
        "DECIMAL|x",
        "JSON|{\"a\":",
        "JSON|{} {}",
        "UUID|0190b6f2",
        "UUID|'0190b6f2-0000-7000-8000-00000000000g'"
      })
  void aValueThatIsNotWhatItsHintSaysIsRefused(TypeHint hint, String value) {
    refused(
        "The value of parameter v is not a valid " + hint + ".",
        "select :v",
        hinted("v", value, hint));
  }

  @Test
  void postgresRefusesTheNulCharacter() {
    assertThatThrownBy(() -> api.execute("select :v", text("v", "a\u0000b")))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("SQLState: 22021");
  }

  @Test
  void namesAndParametersMustMatch() {
    refused("Cannot find parameter: b", "select :a, :b", number("a", 1));
    refused("Unknown parameter: b", "select :a", number("a", 1), number("b", 1));
    refused("Duplicate parameter: a", "select :a", number("a", 1), number("a", 2));
    refused("Named parameter syntax is invalid, input: $1", "select $1", number("$1", 1));
  }

  @Test
  void aValueMustBeOneSupportedMember() {
    refused(
        "Array parameters are not supported.",
        "select :a",
        parameter("a", Field.fromArrayValue(array -> array.longValues(1L))));
    refused(
        "Parameter a must have exactly one value.",
        "select :a",
        SqlParameter.builder().name("a").build());
    refused(
        "The type hint UUID of parameter a needs a string value.",
        "select :a",
        SqlParameter.builder()
            .name("a")
            .typeHint(TypeHint.UUID)
            .value(Field.fromLongValue(1L))
            .build());
    refused(
        "typeHint",
        "select :a",
        SqlParameter.builder()
            .name("a")
            .typeHint("MONEY")
            .value(Field.fromStringValue(""))
            .build());
  }

  private static void refused(String message, String sql, SqlParameter... parameters) {
    assertThatThrownBy(() -> api.execute(sql, parameters))
        .isInstanceOfSatisfying(
            RdsDataException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(400);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
              assertThat(error.awsErrorDetails().errorMessage()).contains(message);
            });
  }
}
