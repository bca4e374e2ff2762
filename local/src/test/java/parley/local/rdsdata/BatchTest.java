package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.local.rdsdata.DataApi.number;
import static parley.local.rdsdata.DataApi.parameter;
import static parley.local.rdsdata.DataApi.text;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rdsdata.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;

class BatchTest {
  private static final String INSERT = "insert into word values (:id, :word)";

  @SuppressWarnings("NullAway.Init")
  private DataApi api;

  @BeforeEach
  void start() throws Exception {
    Database.run("drop table if exists word", "create table word (id int primary key, word text)");
    api = new DataApi(Database.source());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private BatchExecuteStatementResponse batch(
      String transaction, String sql, List<List<SqlParameter>> sets) {
    return api.client.batchExecuteStatement(
        request ->
            request
                .resourceArn(DataApi.CLUSTER)
                .secretArn(DataApi.SECRET)
                .transactionId(transaction.isEmpty() ? null : transaction)
                .sql(sql)
                .parameterSets(sets));
  }

  private long count() {
    return api.value("select count(*) from word").longValue();
  }

  @Test
  void theStatementRunsOnceForEachSet() {
    List<List<SqlParameter>> sets =
        IntStream.range(0, 500)
            .mapToObj(id -> List.of(number("id", id), text("word", "word" + id)))
            .toList();

    BatchExecuteStatementResponse response = batch("", INSERT, sets);

    assertThat(response.updateResults()).hasSize(500);
    assertThat(response.updateResults()).allMatch(result -> result.generatedFields().isEmpty());
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void nullsAndValuesMayAlternate() {
    batch(
        "",
        INSERT,
        List.of(
            List.of(number("id", 1), parameter("word", Field.fromIsNull(true))),
            List.of(number("id", 2), text("word", "b"))));
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aFailingSetLeavesNothingOfTheOthers() {
    List<SqlParameter> one = List.of(number("id", 1), text("word", "a"));
    assertThatThrownBy(() -> batch("", INSERT, List.of(one, one)))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("Detail: Key (id)=(1) already exists.; SQLState: 23505");
    assertThat(count()).isZero();
  }

  @Test
  void inATransactionItIsPartOfIt() {
    String transaction = api.begin();
    batch(transaction, INSERT, List.of(List.of(number("id", 1), text("word", "a"))));
    assertThat(count()).isZero();
    api.commit(transaction);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void noSetsRunNothingAndOneEmptySetRunsItOnce() {
    assertThat(batch("", "insert into word values (7)", List.of()).updateResults()).isEmpty();
    assertThat(count()).isZero();
    assertThat(batch("", "insert into word values (7)", List.of(List.of())).updateResults())
        .hasSize(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void whatAStatementReturnsIsDropped() {
    assertThat(batch("", "insert into word values (7) returning id", List.of(List.of())))
        .matches(response -> response.updateResults().getFirst().generatedFields().isEmpty());
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void everySetMustHaveTheParameters() {
    assertThatThrownBy(
            () ->
                batch(
                    "",
                    INSERT,
                    List.of(List.of(number("id", 1), text("word", "a")), List.of(number("id", 2)))))
        .hasMessageContaining("Cannot find parameter: word");
    assertThat(count()).isZero();
  }
}
