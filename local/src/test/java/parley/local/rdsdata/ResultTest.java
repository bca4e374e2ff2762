package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.local.rdsdata.DataApi.text;

import java.sql.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rdsdata.model.ColumnMetadata;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.UnsupportedResultException;

class ResultTest {
  @SuppressWarnings("NullAway.Init")
  private static DataApi api;

  @BeforeAll
  static void start() throws Exception {
    Database.run(
        "drop table if exists person",
        "create table person (number serial primary key, name text not null, age int)");
    api = new DataApi(Database.source());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a'::text|a",
        "'a'::varchar(5)|a",
        "'a'::char(3)|`a  `",
        "'0190b6f2-0000-7000-8000-00000000000a'::uuid|0190b6f2-0000-7000-8000-00000000000a",
        "1.50::numeric(10,2)|1.50",
        "0.0000001::numeric|0.0000001",
        "1e20::numeric|100000000000000000000",
        "'NaN'::numeric|NaN",
        "'{\"b\": 1,  \"a\": 2}'::json|{\"b\": 1,  \"a\": 2}",
        "'{\"b\":1}'::jsonb|{\"b\": 1}",
        "'2026-01-31'::date|2026-01-31",
        "'10:00:00'::time|10:00:00",
        "'10:00:00.5'::time|10:00:00.500",
        "'24:00:00'::time|24:00:00",
        "'2026-01-31 10:00:00'::timestamp|2026-01-31 10:00:00",
        "'2026-01-31 10:00:00.123456'::timestamp|2026-01-31 10:00:00.123456",
        "'2026-01-31 10:00:00.5+02'::timestamptz|2026-01-31 08:00:00.500",
        "'2026-07-31 10:00:00'::timestamptz|2026-07-31 10:00:00",
        "'infinity'::timestamptz|infinity",
        "'-infinity'::timestamp|-infinity",
        "'1.2.3.4'::inet|1.2.3.4"
      })
  void typesThatAreStrings(String expression, String expected) {
    // The driver reads a statement's sixth result in binary form.
    for (int run = 0; run < 7; run++) {
      assertThat(api.value("select " + expression).stringValue()).isEqualTo(expected);
    }
  }

  @Test
  void typesWithTheirOwnMember() {
    for (int run = 0; run < 7; run++) {
      ExecuteStatementResponse response =
          api.execute(
              "select true, 1::int2, 2::int4, 3::int8, 1.1::float4, 1.1::float8, '\\x00ff'::bytea,"
                  + " null::uuid");
      assertThat(response.records().getFirst())
          .containsExactly(
              Field.fromBooleanValue(true),
              Field.fromLongValue(1L),
              Field.fromLongValue(2L),
              Field.fromLongValue(3L),
              Field.fromDoubleValue(1.1),
              Field.fromDoubleValue(1.1),
              Field.fromBlobValue(SdkBytes.fromByteArray(new byte[] {0, -1})),
              Field.fromIsNull(true));
    }
  }

  @Test
  void arraysHaveTypedElements() {
    for (int run = 0; run < 7; run++) {
      var fields =
          api.execute(
                  """
                  select array[1, 2], array['a', 'b,"c'], array[true, false], array[0.5::float8],
                    array['0190b6f2-0000-7000-8000-00000000000a'::uuid],
                    array['2026-01-31 10:00:00.5+02'::timestamptz], array[1.50], '{}'::int[]
                  """)
              .records()
              .getFirst();
      assertThat(fields.get(0).arrayValue().longValues()).containsExactly(1L, 2L);
      assertThat(fields.get(1).arrayValue().stringValues()).containsExactly("a", "b,\"c");
      assertThat(fields.get(2).arrayValue().booleanValues()).containsExactly(true, false);
      assertThat(fields.get(3).arrayValue().doubleValues()).containsExactly(0.5);
      assertThat(fields.get(4).arrayValue().stringValues())
          .containsExactly("0190b6f2-0000-7000-8000-00000000000a");
      assertThat(fields.get(5).arrayValue().stringValues())
          .containsExactly("2026-01-31 08:00:00.500");
      assertThat(fields.get(6).arrayValue().stringValues()).containsExactly("1.50");
      assertThat(fields.get(7).arrayValue().longValues()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'1 day'::interval|The result contains the unsupported data type INTERVAL.",
        "array['1 day'::interval]|The result contains the unsupported data type INTERVAL.",
        "1::money|The result contains the unsupported data type MONEY.",
        "point(1, 2)|The result contains the unsupported data type POINT.",
        "'10:00+02'::timetz|The result contains the unsupported data type TIMETZ.",
        "'a'::\"char\"|The result contains the unsupported data type \"CHAR\".",
        "'person'::regclass|The result contains the unsupported data type regclass.",
        "array[[1, 2], [3, 4]]|The result contains a multidimensional array."
      })
  void typesThatAreNotSupportedAreRefused(String expression, String message) {
    assertThatThrownBy(() -> api.execute("select " + expression))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageContaining(message);
  }

  @Test
  void changesTellHowManyAndReturnNoRecords() {
    ExecuteStatementResponse inserted =
        api.execute("insert into person (name) values ('a'), ('b')");
    assertThat(inserted.numberOfRecordsUpdated()).isEqualTo(2);
    assertThat(inserted.hasRecords()).isFalse();
    assertThat(inserted.generatedFields()).isEmpty();

    ExecuteStatementResponse returning =
        api.execute("update person set age = 1 returning name, age");
    assertThat(returning.records()).hasSize(2);

    assertThat(api.execute("delete from person").numberOfRecordsUpdated()).isEqualTo(2);
    assertThat(api.execute("select * from person").records()).isEmpty();
    assertThat(api.execute("create index on person (name)").numberOfRecordsUpdated()).isZero();
  }

  @Test
  void metadataComesOnRequest() {
    assertThat(api.execute("select 1").hasColumnMetadata()).isFalse();

    ExecuteStatementResponse response =
        api.execute(
            request -> request.includeResultMetadata(true),
            "select number, name as title, 1.5::numeric(5, 2) as price, array[1] from person");

    ColumnMetadata number = response.columnMetadata().get(0);
    assertThat(number.name()).isEqualTo("number");
    assertThat(number.tableName()).isEqualTo("person");
    assertThat(number.schemaName()).isEqualTo("public");
    assertThat(number.isAutoIncrement()).isTrue();
    assertThat(number.isSigned()).isTrue();
    assertThat(number.nullable()).isZero();
    assertThat(number.type()).isEqualTo(Types.INTEGER);
    assertThat(number.typeName()).isEqualTo("serial");
    ColumnMetadata title = response.columnMetadata().get(1);
    assertThat(title.label()).isEqualTo("title");
    assertThat(title.typeName()).isEqualTo("text");
    assertThat(title.isCaseSensitive()).isTrue();
    ColumnMetadata price = response.columnMetadata().get(2);
    assertThat(price.precision()).isEqualTo(5);
    assertThat(price.scale()).isEqualTo(2);
    assertThat(price.nullable()).isEqualTo(2);
    assertThat(response.columnMetadata().get(3).typeName()).isEqualTo("_int4");
  }

  @Test
  void recordsCanBeFormattedAsJson() {
    ExecuteStatementResponse response =
        api.execute(
            request -> request.formatRecordsAs("JSON").includeResultMetadata(true),
            "select 1 as a, 'x' as b, null as c, true as d, array[1, 2] as e,"
                + " '2026-01-01 00:00:00+00'::timestamptz as f, 1.50 as g");

    assertThat(response.formattedRecords())
        .isEqualTo(
            "[{\"a\":1,\"b\":\"x\",\"c\":null,\"d\":true,\"e\":[1,2],"
                + "\"f\":\"2026-01-01 00:00:00\",\"g\":\"1.50\"}]");
    assertThat(response.hasRecords()).isFalse();
    assertThat(response.hasColumnMetadata()).isFalse();
  }

  @Test
  void numbersComeAsAskedFor() {
    ExecuteStatementResponse response =
        api.execute(
            request ->
                request.resultSetOptions(
                    options ->
                        options.decimalReturnType("DOUBLE_OR_LONG").longReturnType("STRING")),
            "select 1.5, 2::numeric(10), 3::int8");

    assertThat(response.records().getFirst())
        .containsExactly(
            Field.fromDoubleValue(1.5), Field.fromLongValue(2L), Field.fromStringValue("3"));
    assertThatThrownBy(
            () ->
                api.execute(
                    request -> request.resultSetOptions(options -> options.longReturnType("INT")),
                    "select 1"))
        .hasMessageContaining("Member must satisfy enum value set: [LONG, STRING]");
  }

  @Test
  void aResultOverOneMebibyteIsRefused() {
    String rows = "select repeat('x', 1000) from generate_series(1, %d)";
    assertThat(api.execute(rows.formatted(1042)).records()).hasSize(1042);
    assertThatThrownBy(() -> api.execute(rows.formatted(1043)))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageContaining("The result exceeds the size limit 1 MB.");
    assertThatThrownBy(() -> api.execute("select from generate_series(1, 600000)"))
        .isInstanceOf(UnsupportedResultException.class);
  }

  @Test
  void aRowOver64KibibytesIsRefused() {
    assertThat(api.value("select repeat('x', 65536)").stringValue()).hasSize(65536);
    assertThatThrownBy(() -> api.execute("select repeat('x', 65537)"))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageContaining("Packet for query is too large");
  }

  @Test
  void theSessionsZoneIsUtcAndSettingsDoNotLeak() {
    assertThat(api.value("show time zone").stringValue()).isEqualTo("UTC");
    api.execute("set search_path = nowhere");
    assertThat(api.value("show search_path").stringValue()).isEqualTo("\"$user\", public");
    assertThat(api.value("select '{\"a\": 1}'::jsonb ? :key", text("key", "a")).booleanValue())
        .isTrue();
  }
}
