package parley.platform.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.Sleeper;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.BeginTransactionRequest;
import software.amazon.awssdk.services.rdsdata.model.BeginTransactionResponse;
import software.amazon.awssdk.services.rdsdata.model.ColumnMetadata;
import software.amazon.awssdk.services.rdsdata.model.CommitTransactionRequest;
import software.amazon.awssdk.services.rdsdata.model.CommitTransactionResponse;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.RollbackTransactionRequest;
import software.amazon.awssdk.services.rdsdata.model.RollbackTransactionResponse;

/** A Data API that answers as it was told, to force what a real database does not do on demand. */
final class FakeDataApi implements RdsDataClient {
  final List<ExecuteStatementRequest> executed = new ArrayList<>();
  final List<String> transactions = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();
  private @Nullable RuntimeException commitFailure;

  Sql sql() {
    return sql(Sleeper.SYSTEM);
  }

  Sql sql(Sleeper sleeper) {
    return new Sql(
        this,
        new Config(
            Map.of(
                Setting.DATABASE_NAME.name(), "parley",
                Setting.DATABASE_ARN.name(), "arn:cluster")),
        "arn:secret",
        sleeper);
  }

  /** The next statement fails. */
  FakeDataApi failing(RuntimeException failure) {
    answers.add(failure);
    return this;
  }

  /** Commits fail. */
  FakeDataApi failingCommits(RuntimeException failure) {
    commitFailure = failure;
    return this;
  }

  /** The next statements give nothing. */
  FakeDataApi answering(int statements) {
    for (int i = 0; i < statements; i++) {
      answers.add(ExecuteStatementResponse.builder().records(List.of()).build());
    }
    return this;
  }

  /** The next statement gives one row. */
  FakeDataApi giving(Map<String, Field> row) {
    List<ColumnMetadata> columns =
        row.keySet().stream().map(name -> ColumnMetadata.builder().label(name).build()).toList();
    answers.add(
        ExecuteStatementResponse.builder()
            .columnMetadata(columns)
            .records(List.of(List.copyOf(row.values())))
            .build());
    return this;
  }

  @Override
  public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
    executed.add(request);
    @Nullable Object answer = answers.poll();
    if (answer instanceof RuntimeException failure) {
      throw failure;
    }
    return answer instanceof ExecuteStatementResponse response
        ? response
        : ExecuteStatementResponse.builder().records(List.of()).build();
  }

  @Override
  public BeginTransactionResponse beginTransaction(BeginTransactionRequest request) {
    transactions.add("begin");
    return BeginTransactionResponse.builder().transactionId("tx").build();
  }

  @Override
  public CommitTransactionResponse commitTransaction(CommitTransactionRequest request) {
    transactions.add("commit " + request.transactionId());
    if (commitFailure != null) {
      throw commitFailure;
    }
    return CommitTransactionResponse.builder().build();
  }

  @Override
  public RollbackTransactionResponse rollbackTransaction(RollbackTransactionRequest request) {
    transactions.add("rollback " + request.transactionId());
    return RollbackTransactionResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "rds-data";
  }

  @Override
  public void close() {}
}
