package parley.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.aws.AwsResponse;

class DynamoDbServerTest {
  private static final String PUT =
      """
      {"TableName": "things", "Item": {"pk": {"S": "é"}, "data": {"B": "AAE="}},
       "ConditionExpression": "attribute_not_exists(pk)"}
      """;

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsThereAfterARestartAndNoWriteWaitsForTheDisk() throws IOException {
    try (DynamoDbServer server = start()) {
      call(
          server,
          "CreateTable",
          """
          {"TableName": "things", "BillingMode": "PAY_PER_REQUEST",
           "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
           "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}
          """,
          200);
      call(server, "PutItem", PUT, 200);
      assertThat(folder.resolve("data/shared-local-instance.db-wal"))
          .as("the log that writes are appended to")
          .isNotEmptyFile();
    }
    try (DynamoDbServer server = start()) {
      assertThat(
              call(
                  server,
                  "GetItem",
                  "{\"TableName\":\"things\",\"Key\":{\"pk\":{\"S\":\"é\"}}}",
                  200))
          .contains("\"AAE=\"");
      assertThat(call(server, "PutItem", PUT, 400)).contains("#ConditionalCheckFailedException");
    }
  }

  @Test
  void errorsAreThoseOfDynamoDb() throws IOException {
    try (DynamoDbServer server = start()) {
      assertThat(call(server, "DescribeTable", "{\"TableName\":\"none\"}", 400))
          .contains("#ResourceNotFoundException");
      assertThat(call(server, "GetItem", "{\"TableName\":\"x\"}", 400))
          .contains("#ValidationException");
    }
  }

  private DynamoDbServer start() throws IOException {
    return DynamoDbServer.start(folder.resolve("data"), folder.resolve("native"));
  }

  private static String call(DynamoDbServer server, String operation, String body, int status) {
    AwsResponse response =
        server.send("DynamoDB_20120810." + operation, body.getBytes(StandardCharsets.UTF_8));
    String answer = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(response.status()).as(answer).isEqualTo(status);
    return answer;
  }
}
