package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.aws.AwsException;

class NamedStatementTest {
  @Test
  void namesBecomeQuestionMarksInOrder() {
    NamedStatement statement =
        NamedStatement.parse("select :b, :a_1::int, :b where (x=:c) and y in(:D,:1)");

    assertThat(statement.sql()).isEqualTo("select ?, ?::int, ? where (x=?) and y in(?,?)");
    assertThat(statement.parameters()).isEqualTo(List.of("b", "a_1", "b", "c", "D", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ':no'",
        "select 'it''s :no'",
        "select E'it\\'s :no'",
        "select 'ends in a backslash\\', now(), ':no'",
        "select \":no\" from t",
        "select \"a\"\":no\"",
        "select $$ :no $$",
        "select $tag$ $$ :no $other$ ; $tag$",
        "select 1 -- :no ' \n",
        "select 1 /* :no /* :no */ :no ' */",
        "select x::text::varchar",
        "select f(a := 1)",
        "select values[1:2], values[low:high]",
        "select ' :no unterminated",
        "select /* :no",
        "select $x$ :no",
        "select 'a';  -- the end ; \n /* ; */ ;"
      })
  void nothingQuotedCommentedOrCastIsAParameter(String sql) {
    NamedStatement statement = NamedStatement.parse(sql);

    assertThat(statement.parameters()).isEmpty();
    assertThat(statement.sql()).isEqualTo(sql);
  }

  @Test
  void parametersAreFoundAfterWhateverHidesOthers() {
    NamedStatement statement =
        NamedStatement.parse("select 'a:b' || :x || $$:c$$ || :y /*:d*/ || type'z' || :z --:e");

    assertThat(statement.parameters()).isEqualTo(List.of("x", "y", "z"));
  }

  @Test
  void questionMarkOperatorsSurviveTheDriver() {
    assertThat(NamedStatement.parse("select a ? :key, '?'").sql()).isEqualTo("select a ?? ?, '?'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1; select 2", "select 1;select 2;", "select 1; /* */ x"})
  void moreThanOneStatementIsRefused(String sql) {
    assertThatExceptionOfType(AwsException.class)
        .isThrownBy(() -> NamedStatement.parse(sql))
        .withMessage("Multistatements aren't supported.")
        .returns("ValidationException", AwsException::code)
        .returns(400, AwsException::status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = x",
        " -- first\n SET x = 1",
        "begin",
        "select set_config('a', 'b', false)",
        "select pg_advisory_lock(1)",
        "update pg_settings set setting = 'x' where name = 'search_path'",
        "select setseed(0.5)",
        "do $$ begin set search_path = x; end $$",
        "call p()",
        "create temp table t (a int)"
      })
  void statementsThatLeaveSomethingInTheSessionAreKnown(String sql) {
    assertThat(NamedStatement.parse(sql).changesSession()).isTrue();
    assertThat(NamedStatement.parse("update t set a = 1").changesSession()).isFalse();
    assertThat(NamedStatement.parse("select pg_advisory_xact_lock(1)").changesSession()).isFalse();
  }
}
