package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.RdsDataException;

class ErrorTest {
  @SuppressWarnings("NullAway.Init")
  private static DataApi api;

  @BeforeAll
  static void start() throws Exception {
    Database.run(
        "drop table if exists account",
        "create table account (email text constraint account_email_key unique, age int)");
    api = new DataApi(Database.source());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @AfterEach
  void allow() {
    api.caller.denied = "";
    api.caller.calls.clear();
    api.caller.checks.clear();
  }

  @Test
  void aDatabaseErrorCarriesDetailAndState() {
    api.execute("insert into account values ('a@b', 1)");

    assertThatThrownBy(() -> api.execute("insert into account values ('a@b', 2)"))
        .isInstanceOfSatisfying(
            DatabaseErrorException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(400);
              assertThat(error.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      """
                      ERROR: duplicate key value violates unique constraint "account_email_key"
                        Detail: Key (email)=(a@b) already exists.; SQLState: 23505""");
            });
  }

  @Test
  void aDatabaseErrorCarriesItsPosition() {
    failsWith(
        () -> api.execute("select 1 from nowhere"),
        400,
        "DatabaseErrorException",
        "ERROR: relation \"nowhere\" does not exist; Position: 15; SQLState: 42P01");
    failsWith(() -> api.execute("select 'a"), 400, "DatabaseErrorException", "SQLState: 42601");
  }

  @Test
  void onlyTheClusterItsSecretAndItsDatabaseAreKnown() {
    failsWith(
        () -> api.execute(request -> request.resourceArn("arn:aws:rds:other"), "select 1"),
        400,
        "HttpEndpointNotEnabledException",
        "HttpEndpoint is not enabled for resource arn:aws:rds:other");
    failsWith(
        () -> api.execute(request -> request.secretArn("arn:aws:secret:other"), "select 1"),
        400,
        "SecretsErrorException",
        "Secrets Manager can't find the specified secret.");
    failsWith(
        () -> api.execute(request -> request.database("other"), "select 1"),
        400,
        "DatabaseErrorException",
        "ERROR: database \"other\" does not exist; SQLState: 3D000");
    failsWith(
        () -> api.execute(request -> request.schema("public"), "select 1"),
        400,
        "ValidationException",
        "The schema parameter isn't supported");
    assertThat(api.execute(request -> request.database("postgres"), "select 1").records())
        .hasSize(1);
  }

  @Test
  void theCallIsNotedOnceAndTheSecretCheckedBesides() {
    String transaction = api.begin();
    api.executeIn(transaction, "select 1");
    api.commit(transaction);
    api.rollback(api.begin());
    api.client.batchExecuteStatement(
        request -> request.resourceArn(DataApi.CLUSTER).secretArn(DataApi.SECRET).sql("select 1"));

    assertThat(api.caller.calls)
        .containsExactly(
            "rds-data:BeginTransaction " + DataApi.CLUSTER,
            "rds-data:ExecuteStatement " + DataApi.CLUSTER,
            "rds-data:CommitTransaction " + DataApi.CLUSTER,
            "rds-data:BeginTransaction " + DataApi.CLUSTER,
            "rds-data:RollbackTransaction " + DataApi.CLUSTER,
            "rds-data:BatchExecuteStatement " + DataApi.CLUSTER);
    assertThat(api.caller.checks)
        .hasSize(6)
        .containsOnly("secretsmanager:GetSecretValue " + DataApi.SECRET);
  }

  @Test
  void whatIsNotAllowedIsDenied() {
    api.caller.denied = "rds-data:ExecuteStatement";
    failsWith(() -> api.execute("select 1"), 403, "AccessDeniedException", "ExecuteStatement");
    api.caller.denied = "secretsmanager:GetSecretValue";
    failsWith(() -> api.execute("select 1"), 403, "AccessDeniedException", "GetSecretValue");
  }

  @Test
  void sqlHas65536CharactersAtMost() {
    String spaces = " ".repeat(65_536 - "select 1".length());
    assertThat(api.execute("select 1" + spaces).records()).hasSize(1);
    failsWith(
        () -> api.execute("select 12" + spaces), 400, "ValidationException", "equal to 65536");
  }

  @Test
  void moreThanOneStatementIsRefusedAndATrailingSemicolonIsNot() {
    failsWith(
        () -> api.execute("select 1; select 2"),
        400,
        "ValidationException",
        "Multistatements aren't supported.");
    assertThat(api.execute("select 1;").records()).hasSize(1);
  }

  @Test
  @SuppressWarnings("deprecation")
  void executeSqlIsRefused() {
    failsWith(
        () ->
            api.client.executeSql(
                request ->
                    request
                        .dbClusterOrInstanceArn(DataApi.CLUSTER)
                        .awsSecretStoreArn(DataApi.SECRET)
                        .sqlStatements("select 1")),
        400,
        "BadRequestException",
        "The ExecuteSql operation isn't supported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|400|SerializationException",
        "[]|400|SerializationException",
        "|400|SerializationException",
        "{\"resourceArn\": 1}|400|SerializationException",
        "{}|400|ValidationException",
        "{\"resourceArn\": \"R\", \"secretArn\": \"S\"}|400|ValidationException",
        "{\"resourceArn\":\"R\",\"secretArn\":\"S\",\"sql\":\"select 1\",\"parameters\":3}|400|SerializationException",
        "{\"resourceArn\":\"R\",\"secretArn\":\"S\",\"sql\":\"select :a\",\"parameters\":[{\"name\":\"a\",\"value\":{\"longValue\":\"1\"}}]}|400|SerializationException",
        "{\"resourceArn\":\"R\",\"secretArn\":\"S\",\"sql\":\"select :a\",\"parameters\":[{\"name\":\"a\",\"value\":{\"blobValue\":\"*\"}}]}|400|SerializationException",
        "{\"resourceArn\":\"R\",\"secretArn\":\"S\",\"sql\":\"select 1\",\"includeResultMetadata\":\"yes\"}|400|SerializationException"
      })
  void malformedRequestsAreRefused(String body, int status, String code) throws Exception {
    String text = body == null ? "" : body;
    HttpResponse<String> response =
        post(
            "/Execute",
            text.replace("\"R\"", '"' + DataApi.CLUSTER + '"')
                .replace("\"S\"", '"' + DataApi.SECRET + '"'));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue(code);
  }

  @Test
  void otherPathsAndTooLargeBodiesAreRefused() throws Exception {
    assertThat(post("/Other", "{}").statusCode()).isEqualTo(404);
    assertThat(post("/Execute", " ".repeat(4 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
  }

  private static HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(api.endpoint().resolve(path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void failsWith(ThrowingCallable call, int status, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RdsDataException.class,
            error -> {
              assertThat(error.statusCode()).isEqualTo(status);
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(error.awsErrorDetails().errorMessage()).contains(message);
            });
  }
}
