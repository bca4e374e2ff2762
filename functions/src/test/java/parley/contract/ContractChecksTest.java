package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.contract.Contract.Direction;

/** That no check of the contract is one that cannot fail, and that its own examples pass. */
class ContractChecksTest {
  private static final String ACCOUNT =
      """
      {"id": "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d", "email": "ada@example.com", "name": "Ada",
       "profileImage": null, "aboutMe": null, "createdAt": "2026-11-22T10:15:30.123Z", "version": 0}""";
  private static final String ERROR =
      """
      {"statusCode": 404, "error": "Not Found", "message": "no", "code": "%s"}""";

  private final Contract contract = Contract.load();

  @Test
  void everyExampleOfTheHttpDocumentFitsItsSchema() {
    List<String> checked = new ArrayList<>();
    checkExamples("", contract.openApi(), checked);
    assertThat(checked).hasSizeGreaterThan(30);
  }

  @Test
  void everyExampleOfTheSocketDocumentFitsItsSchema() {
    int examples = 0;
    for (JsonNode message : contract.asyncApi().at("/components/messages")) {
      assertThat(message.path("examples")).as(message.path("name").asText()).isNotEmpty();
      for (JsonNode example : message.path("examples")) {
        String frame = example.path("payload").toString();
        boolean fits =
            contract.validateFrame(Direction.FROM_CLIENT, frame).isEmpty()
                || contract.validateFrame(Direction.TO_CLIENT, frame).isEmpty();
        assertThat(fits).as(frame).isTrue();
        examples++;
      }
    }
    assertThat(examples).isGreaterThan(11);
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (JsonNode document : List.of(contract.openApi(), contract.asyncApi())) {
      assertThat(document.findValuesAsText("$ref"))
          .hasSizeGreaterThan(30)
          .filteredOn(reference -> reference.startsWith("#"))
          .allSatisfy(
              reference ->
                  assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse());
    }
  }

  @Test
  void aResponseThatFitsIsAccepted() {
    assertThat(contract.validateResponse("GET", "/users/me", 200, ACCOUNT)).isEmpty();
    assertThat(contract.validateResponse("GET", "/users/me?x=1", 200, ACCOUNT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "name": "Ada"              | "name": "Ada", "passwordHash": "x"
          "name": "Ada",             |
          "name": "Ada"              | "name": 7
          "name": "Ada"              | "name": "Ada", "name": "Eve"
          ada@example.com            | ada
          01934b5e-2f00              | 01934b5e-2f0
          01934b5e-2f00              | 0193zb5e-2f00
          2026-11-22T10:15:30.123Z   | 2026-11-22T10:15:30Z
          2026-11-22T10:15:30.123Z   | 2026-13-22T10:15:30.123Z
          2026-11-22T10:15:30.123Z   | 2026-11-22T10:15:30.123+00:00
          """)
  void aResponseWithAMistakeIsReported(String right, String wrong) {
    String broken = ACCOUNT.replace(right, wrong == null ? "" : wrong);
    assertThat(broken).isNotEqualTo(ACCOUNT);
    assertThat(contract.validateResponse("GET", "/users/me", 200, broken)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "[]", "null"})
  void aBodyThatIsNoObjectIsReported(String body) {
    assertThat(contract.validateResponse("GET", "/users/me", 200, body)).isNotEmpty();
  }

  @Test
  void aStatusThatTheRouteDoesNotHaveIsReported() {
    assertThat(contract.validateResponse("GET", "/users/me", 201, ACCOUNT)).isNotEmpty();
    assertThat(contract.validateResponse("GET", "/users/me", 404, ERROR)).isNotEmpty();
  }

  @Test
  void aBodyWhereTheRouteHasNoneIsReported() {
    String path = "/friends/01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
    assertThat(contract.validateResponse("DELETE", path, 204, "")).isEmpty();
    assertThat(contract.validateResponse("DELETE", path, 204, null)).isEmpty();
    assertThat(contract.validateResponse("DELETE", path, 204, "{}")).isNotEmpty();
  }

  @Test
  void aCodeThatTheRouteDoesNotHaveIsReported() {
    String path = "/friends/request/01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
    assertThat(contract.validateResponse("POST", path, 404, ERROR.formatted("USER_NOT_FOUND")))
        .isEmpty();
    assertThat(contract.validateResponse("POST", path, 404, ERROR.formatted("ROUTE_NOT_FOUND")))
        .isNotEmpty();
  }

  @Test
  void whatTheContractDoesNotListMustBeRefused() {
    String notFound = ERROR.formatted("ROUTE_NOT_FOUND");
    String notAllowed = ERROR.replace("404", "405").formatted("METHOD_NOT_ALLOWED");
    assertThat(contract.validateResponse("GET", "/nowhere", 404, notFound)).isEmpty();
    assertThat(contract.validateResponse("GET", "/nowhere", 200, "{}")).isNotEmpty();
    assertThat(contract.validateResponse("PUT", "/users/me", 405, notAllowed)).isEmpty();
    assertThat(contract.validateResponse("PUT", "/users/me", 404, notFound)).isNotEmpty();
    assertThat(contract.validateResponse("PUT", "/users/me", 200, ACCOUNT)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\": \"ack\", \"data\": {\"conversationId\": \"01934b60-10a4-7d11-8f5e-1a2b3c4d5e6f\"}}",
        "{\"event\": \"ack\", \"id\": 1.5, \"data\": {}}",
        "{\"event\": \"error\", \"data\": {\"code\": \"NO_SUCH_CODE\", \"message\": \"no\"}}",
        "{\"event\": \"error\", \"data\": {\"code\": \"INTERNAL\", \"message\": \"no\"}, \"x\": 1}",
        "{\"event\": \"send_message\", \"data\": {}}",
        "{\"event\": \"friend:unheard_of\", \"data\": {}}",
        "{\"message\": \"Internal server error\"}",
        "{\"data\": {}}",
        "{",
        "7",
      })
  void aFrameWithAMistakeIsReported(String frame) {
    assertThat(contract.validateFrame(Direction.TO_CLIENT, frame)).isNotEmpty();
  }

  @Test
  void aFrameThatGoesTheOtherWayIsReported() {
    String event =
        "{\"event\": \"friend:request_rejected\","
            + " \"data\": {\"requestId\": \"01934b5f-3c40-7e66-b7a1-112233445566\"}}";
    assertThat(contract.validateFrame(Direction.TO_CLIENT, event)).isEmpty();
    assertThat(contract.validateFrame(Direction.FROM_CLIENT, event)).isNotEmpty();
  }

  @Test
  void aRequestWithAMistakeIsReported() {
    assertThat(
            contract.validateRequest(
                "POST", "/auth/login", "{\"email\": \"a\", \"password\": \"b\"}"))
        .isEmpty();
    assertThat(contract.validateRequest("POST", "/auth/login", "{\"email\": \"a\"}")).isNotEmpty();
  }

  /** Checks every "example" that stands beside a "schema". */
  private void checkExamples(String pointer, JsonNode node, List<String> checked) {
    if (node.has("schema") && node.has("example")) {
      assertThat(contract.validate(pointer + "/schema", node.path("example").toString()))
          .as(pointer)
          .isEmpty();
      checked.add(pointer);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey().replace("~", "~0").replace("/", "~1");
      checkExamples(pointer + "/" + name, field.getValue(), checked);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      checkExamples(pointer + "/" + i, node.path(i), checked);
    }
  }
}
