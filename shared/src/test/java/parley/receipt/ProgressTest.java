package parley.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

class ProgressTest {
  @Test
  void asManyReceiptsAsAreAllowedAreRead() {
    assertThat(Progress.readSeveral(receipts(1))).hasSize(1);
    assertThat(Progress.readSeveral(receipts(Progress.MAX_AT_ONCE))).hasSize(Progress.MAX_AT_ONCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Progress.MAX_AT_ONCE + 1})
  void noReceiptAndOneTooManyAreRefused(int number) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Progress.readSeveral(receipts(number)))
        .withMessage("receipts must be 1 to " + Progress.MAX_AT_ONCE)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }

  private static JsonObject receipts(int number) {
    return Json.readObject(
        LongStream.range(0, number)
            .mapToObj(i -> "{\"conversationId\":\"" + new UUID(0, i) + "\",\"deliveredSeq\":1}")
            .collect(Collectors.joining(",", "{\"receipts\":[", "]}")));
  }
}
