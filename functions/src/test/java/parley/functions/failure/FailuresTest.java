package parley.functions.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Level;
import parley.platform.log.Log;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class FailuresTest {
  private String log = "";

  @Test
  void whatAClientDidWrongIsToldAsItIsAndNoFault() {
    ChatException mistake = ChatException.invalid("content must be 1 to 4000 characters");
    assertThat(explain(mistake)).isSameAs(mistake);
    assertThat(log).contains("\"outcome\":\"VALIDATION_FAILED\"").doesNotContain("fault", "4000");
  }

  @Test
  void anOutageIsToldAsOneAndLoggedWithItsCause() {
    ChatException outage =
        new ChatException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "try again",
            SdkClientException.create("read timed out"));
    assertThat(explain(outage)).isSameAs(outage);
    assertThat(log)
        .contains("\"outcome\":\"SERVICE_UNAVAILABLE\"", "SdkClientException", "FailuresTest")
        .doesNotContain("timed out");
  }

  @Test
  void whatPassesIsWorthAnotherTry() {
    for (RuntimeException passing :
        List.of(
            SdkClientException.create("connection refused"),
            dynamoDb(500, "InternalServerError"),
            dynamoDb(400, "ThrottlingException"))) {
      assertThat(explain(passing).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }
  }

  @Test
  void whatDoesNotPassIsOurOwnFault() {
    for (RuntimeException fault :
        List.of(dynamoDb(400, "ValidationException"), new NullPointerException("x"))) {
      assertThat(explain(fault).code()).isEqualTo(ErrorCode.INTERNAL);
    }
  }

  @Test
  void theLogNamesKindAndPlaceButNothingThatUsersWrote() {
    RuntimeException fault =
        new IllegalStateException("dear diary", new IllegalArgumentException("secret"));
    ChatException told = explain(fault);
    assertThat(told.getMessage()).doesNotContain("diary", "secret");
    assertThat(log)
        .contains("java.lang.IllegalStateException", "java.lang.IllegalArgumentException")
        .contains("parley.functions.failure.FailuresTest")
        .doesNotContain("diary", "secret");
  }

  @Test
  void theLogDoesNotQuoteWhatAClientWasTold() {
    explain(new ChatException(ErrorCode.INTERNAL, "dear diary"));
    assertThat(log).contains("INTERNAL").doesNotContain("diary");
  }

  private ChatException explain(RuntimeException failure) {
    List<String> lines = new ArrayList<>();
    Log function = new Log("HttpFunction", "dev", Level.INFO, Clock.systemUTC(), lines::add);
    try {
      return function.invocation("r1", () -> Failures.explain(failure));
    } finally {
      log = String.join("\n", lines);
    }
  }

  private static RuntimeException dynamoDb(int status, String code) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
        .build();
  }
}
