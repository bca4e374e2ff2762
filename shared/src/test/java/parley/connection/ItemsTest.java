package parley.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Reading from a table that is too busy to answer at once. */
class ItemsTest {
  private static final String TABLE = "connections";
  private static final Map<String, AttributeValue> KEY = Map.of("pk", AttributeValue.fromS("user"));

  @Test
  void whatDynamoDbLeavesUnprocessedIsAskedAgain() {
    Busy table = new Busy(1);

    assertThat(Items.read(table, TABLE, List.of(KEY))).containsExactly(KEY);
    assertThat(table.asked).isEqualTo(2);
  }

  @Test
  void aTableThatStaysBusyIsGivenUp() {
    Busy table = new Busy(Integer.MAX_VALUE);

    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Items.read(table, TABLE, List.of(KEY)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(table.asked).isEqualTo(6);
  }

  /** Leaves all keys of the first calls unprocessed. */
  private static final class Busy implements DynamoDbClient {
    private final int calls;
    private int asked;

    private Busy(int calls) {
      this.calls = calls;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      asked++;
      return asked <= calls
          ? BatchGetItemResponse.builder().unprocessedKeys(request.requestItems()).build()
          : BatchGetItemResponse.builder().responses(Map.of(TABLE, List.of(KEY))).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
