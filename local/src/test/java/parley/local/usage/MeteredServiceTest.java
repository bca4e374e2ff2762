package parley.local.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.Caller;
import parley.local.dynamodb.DynamoDbServer;
import parley.local.dynamodb.DynamoDbService;

/** DynamoDB Local's answers, counted as DynamoDB bills them. */
class MeteredServiceTest {
  private static final String PUT =
      """
      {"TableName": "things", "Item": {"pk": {"S": "%s"}},
       "ConditionExpression": "attribute_not_exists(pk)"}
      """;

  @TempDir Path folder;
  private final Usage usage = new Usage();
  private DynamoDbServer server;
  private MeteredService service;

  @BeforeEach
  void makeATable() throws IOException {
    server = DynamoDbServer.start(folder.resolve("data"), folder.resolve("native"));
    service = new MeteredService(new DynamoDbService(server), usage);
    call(
        "CreateTable",
        """
        {"TableName": "things", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}
        """,
        200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWriteIsAUnitAlsoIfItsConditionIsNotMet() {
    call("PutItem", PUT.formatted("one"), 200);
    assertThat(usage.total()).isEqualTo(Map.of(Meter.WRITE_UNITS, 1.0));

    assertThat(call("PutItem", PUT.formatted("one"), 400)).contains("ConditionalCheckFailed");
    assertThat(usage.total()).isEqualTo(Map.of(Meter.WRITE_UNITS, 2.0));
  }

  @Test
  void aTransactionIsTwoUnitsAnItemAlsoIfItIsCanceled() {
    String transaction =
        """
        {"TransactItems": [{"Put": %s}, {"Put": %s}]}
        """
            .formatted(PUT.formatted("one"), PUT.formatted("two"));

    call("TransactWriteItems", transaction, 200);
    assertThat(usage.total()).isEqualTo(Map.of(Meter.WRITE_UNITS, 4.0));

    assertThat(call("TransactWriteItems", transaction, 400)).contains("TransactionCanceled");
    assertThat(usage.total()).isEqualTo(Map.of(Meter.WRITE_UNITS, 8.0));
  }

  @Test
  void aRequestThatMakesNoSenseIsFree() {
    call("PutItem", "{\"TableName\": \"things\"}", 400);

    assertThat(usage.total()).isEmpty();
  }

  @Test
  void anItemThatIsNotThereIsReadAsTheSmallest() {
    call("GetItem", "{\"TableName\": \"things\", \"Key\": {\"pk\": {\"S\": \"none\"}}}", 200);

    assertThat(usage.total()).isEqualTo(Map.of(Meter.READ_UNITS, 0.5));
  }

  private String call(String operation, String body, int status) {
    AwsRequest request =
        new AwsRequest(
            "POST",
            "/",
            "",
            Map.of("x-amz-target", "DynamoDB_20120810." + operation),
            body.getBytes(StandardCharsets.UTF_8),
            new AnyFunction());
    AwsResponse response = service.handle(request);
    String answer = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.status()).as(answer).isEqualTo(status);
    return answer;
  }

  /** A caller that may do everything. */
  private static final class AnyFunction implements Caller {
    @Override
    public String name() {
      return "HttpFunction";
    }

    @Override
    public void authorize(String action, String resourceArn) {}

    @Override
    public void check(String action, String resourceArn) {}
  }
}
