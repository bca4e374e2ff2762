package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;

/**
 * The RDS Data API of one Aurora PostgreSQL Serverless v2 cluster, over a Postgres server. Limits:
 * 65,536 characters of SQL, 4 MiB a request, 1 MiB a result, 64 KiB a row, 45 seconds a call; a
 * transaction ends 3 minutes after its last call or after 24 hours.
 */
public final class RdsDataService implements AwsService, AutoCloseable {
  static final int REQUEST_LIMIT = 4 * 1024 * 1024;
  static final int SQL_LIMIT = 65_536;

  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(45);

  private final String clusterArn;
  private final Clock clock;
  private final Statements statements;
  private final Map<String, Login> logins;
  private volatile @Nullable Duration pause;
  private volatile @Nullable Instant resumedAt;

  /**
   * A cluster's Data API. Nothing is connected before the first request.
   *
   * @param clusterArn the only resource that requests may name
   * @param logins by the ARN of the secret that a request names: what makes new connections to the
   *     cluster's database. It need be no pool, and its login timeout is set
   * @param clock tells when transactions expire and when a paused cluster has resumed
   */
  public RdsDataService(String clusterArn, Map<String, DataSource> logins, Clock clock) {
    this(clusterArn, logins, clock, STATEMENT_TIMEOUT);
  }

  /**
   * The same with another limit of a call than 45 seconds.
   *
   * @param statementTimeout in whole seconds
   */
  public RdsDataService(
      String clusterArn, Map<String, DataSource> logins, Clock clock, Duration statementTimeout) {
    this.clusterArn = clusterArn;
    this.clock = clock;
    this.statements = new Statements(statementTimeout);
    this.logins =
        logins.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, login -> new Login(login.getValue(), statements, clock)));
  }

  @Override
  public String signingName() {
    return "rds-data";
  }

  /**
   * Pauses the cluster as Aurora does at 0 ACU: open transactions are rolled back, and the next
   * call starts the resume and fails with DatabaseResumingException, as all do until it is over.
   *
   * @param resume how long the resume takes, on the clock given to the constructor
   */
  public void pause(Duration resume) {
    logins.values().forEach(login -> login.transactions().abandonAll());
    resumedAt = null;
    pause = resume;
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    if (!request.method().equals("POST")) {
      throw unknownOperation();
    }
    if (request.body().length > REQUEST_LIMIT) {
      throw new AwsException(
          413, "RequestEntityTooLargeException", "The request exceeds the size limit 4 MB.");
    }
    try {
      return AwsResponse.json(200, answer(request).toString());
    } catch (SQLException failure) {
      throw RdsDataErrors.of(failure);
    }
  }

  private ObjectNode answer(AwsRequest request) throws SQLException {
    return switch (request.path()) {
      case "/Execute" -> execute(accept(request, "ExecuteStatement"));
      case "/BatchExecute" -> batchExecute(accept(request, "BatchExecuteStatement"));
      case "/BeginTransaction" -> {
        Login login = login(accept(request, "BeginTransaction"));
        yield JsonNodeFactory.instance
            .objectNode()
            .put("transactionId", login.transactions().begin());
      }
      case "/CommitTransaction" -> commit(accept(request, "CommitTransaction"));
      case "/RollbackTransaction" -> rollback(accept(request, "RollbackTransaction"));
      case "/ExecuteSql" -> throw refuseExecuteSql(request);
      default -> throw unknownOperation();
    };
  }

  /** Checks what all operations have in common. */
  private RdsDataRequest accept(AwsRequest request, String operation) throws SQLException {
    RdsDataRequest body = RdsDataRequest.parse(request.body());
    String resource = body.required("resourceArn");
    String secret = body.required("secretArn");
    request.caller().authorize("rds-data:" + operation, resource);
    request.caller().check("secretsmanager:GetSecretValue", secret);
    if (!resource.equals(clusterArn)) {
      throw RdsDataErrors.unknownResource(resource);
    }
    Login login = login(body);
    if (!body.text("schema").isEmpty()) {
      throw RdsDataErrors.invalid("The schema parameter isn't supported");
    }
    if (isPaused()) {
      throw RdsDataErrors.resuming();
    }
    String database = body.text("database");
    if (!database.isEmpty() && !database.equals(login.databaseName())) {
      throw RdsDataErrors.unknownDatabase(database);
    }
    return body;
  }

  private Login login(RdsDataRequest request) {
    Login login = logins.get(request.required("secretArn"));
    if (login == null) {
      throw RdsDataErrors.unknownSecret();
    }
    return login;
  }

  private synchronized boolean isPaused() {
    Duration resume = pause;
    if (resume == null) {
      return false;
    }
    Instant now = clock.instant();
    if (resumedAt == null) {
      resumedAt = now.plus(resume);
    }
    if (now.isBefore(resumedAt)) {
      return true;
    }
    pause = null;
    resumedAt = null;
    return false;
  }

  private ObjectNode execute(RdsDataRequest request) throws SQLException {
    NamedStatement statement = statement(request);
    ParameterSet parameters = ParameterSet.read(statement, request.list("parameters"));
    ResultReader reader = new ResultReader(ResultOptions.read(request));
    boolean continues = request.flag("continueAfterTimeout");
    Transactions.Work<ObjectNode> work =
        lease -> statements.execute(lease, statement, parameters, reader, continues);
    String transaction = request.text("transactionId");
    Login login = login(request);
    return continues ? login.runDetached(transaction, work) : login.run(transaction, work);
  }

  private ObjectNode batchExecute(RdsDataRequest request) throws SQLException {
    NamedStatement statement = statement(request);
    List<ParameterSet> sets = new ArrayList<>();
    for (JsonNode parameters : request.list("parameterSets")) {
      sets.add(ParameterSet.read(statement, parameters));
    }
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    ArrayNode results = response.putArray("updateResults");
    if (sets.isEmpty()) {
      return response; // it runs once for each set, so not at all
    }
    login(request)
        .run(
            request.text("transactionId"),
            lease -> {
              statements.executeAll(lease, statement, sets);
              return response;
            });
    sets.forEach(set -> results.addObject().putArray("generatedFields"));
    return response;
  }

  private static NamedStatement statement(RdsDataRequest request) {
    String sql = request.required("sql");
    if (sql.length() > SQL_LIMIT) {
      throw RdsDataErrors.invalid(
          "1 validation error detected: Value at 'sql' failed to satisfy constraint: Member must"
              + " have length less than or equal to "
              + SQL_LIMIT);
    }
    return NamedStatement.parse(sql);
  }

  private ObjectNode commit(RdsDataRequest request) throws SQLException {
    login(request).transactions().commit(request.required("transactionId"));
    return status("Transaction Committed");
  }

  private ObjectNode rollback(RdsDataRequest request) throws SQLException {
    login(request).transactions().rollback(request.required("transactionId"));
    return status("Rollback Complete");
  }

  private static ObjectNode status(String status) {
    return JsonNodeFactory.instance.objectNode().put("transactionStatus", status);
  }

  private static AwsException refuseExecuteSql(AwsRequest request) {
    RdsDataRequest body = RdsDataRequest.parse(request.body());
    request.caller().authorize("rds-data:ExecuteSql", body.required("dbClusterOrInstanceArn"));
    return new AwsException(
        400,
        "BadRequestException",
        "The ExecuteSql operation isn't supported. Use ExecuteStatement or BatchExecuteStatement.");
  }

  private static AwsException unknownOperation() {
    return new AwsException(404, "UnknownOperationException", "The operation is not known.");
  }

  /** Rolls back what is open and closes all connections. Later requests get a 504. */
  @Override
  public void close() {
    logins.values().forEach(Login::close);
  }
}
