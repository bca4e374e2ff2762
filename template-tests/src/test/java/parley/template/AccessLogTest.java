package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What API Gateway logs of requests and connections, and by which leave. */
class AccessLogTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A value of API Gateway's alone, so that a line cannot hold anything that is put together. */
  private static final String VARIABLE = "\\$context\\.[A-Za-z.]+";

  /**
   * What may be logged. Not among them, whatever else is: paths, query strings, headers, addresses,
   * the names of browsers, what an authorizer or a function says of an error, and of what an
   * authorizer tells anything but who it was.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "$context.authorizer.latency",
          "$context.authorizer.status",
          "$context.authorizer.userId",
          "$context.connectionId",
          "$context.error.message",
          "$context.error.responseType",
          "$context.eventType",
          "$context.httpMethod",
          "$context.integration.integrationStatus",
          "$context.integration.latency",
          "$context.integration.requestId",
          "$context.integration.status",
          "$context.messageId",
          "$context.protocol",
          "$context.requestId",
          "$context.requestTimeEpoch",
          "$context.responseLatency",
          "$context.responseLength",
          "$context.routeKey",
          "$context.status");

  @Test
  void everyStageLogsWhatItTakesToFindARequestAndNothingThatIsPeoples() throws IOException {
    List<JsonNode> stages = Synthesis.standard().resources("AWS::ApiGatewayV2::Stage");

    assertThat(stages).hasSize(2);
    for (JsonNode stage : stages) {
      Map<String, String> fields = fields(stage);
      assertThat(fields)
          .containsEntry("gatewayRequestId", "$context.requestId")
          .containsEntry("functionRequestId", "$context.integration.requestId")
          .containsEntry("route", "$context.routeKey")
          .containsEntry("status", "$context.status")
          .containsEntry("integrationMillis", "$context.integration.latency")
          .containsEntry("error", "$context.error.message");
      assertThat(fields.values())
          .allSatisfy(value -> assertThat(value).matches(VARIABLE))
          .isSubsetOf(HARMLESS);
    }
  }

  @Test
  void theLinesOfASocketTellWhoseConnectionItIs() throws IOException {
    JsonNode stage =
        Synthesis.standard().resources("AWS::ApiGatewayV2::Stage").stream()
            .filter(each -> each.path("Properties").path("StageName").asText().equals("ws"))
            .findFirst()
            .orElseThrow();

    assertThat(fields(stage))
        .containsEntry("connectionId", "$context.connectionId")
        .containsEntry("userId", "$context.authorizer.userId")
        .containsEntry("eventType", "$context.eventType");
  }

  @Test
  void everyStageLogsIntoAGroupOfItsOwnThatForgets() {
    Synthesis synthesis = Synthesis.standard();
    Set<String> groups = new TreeSet<>();
    for (JsonNode stage : synthesis.resources("AWS::ApiGatewayV2::Stage")) {
      JsonNode destination = stage.at("/Properties/AccessLogSettings/DestinationArn/Fn::GetAtt");
      String group = destination.path(0).asText();
      JsonNode resource = synthesis.api().path("Resources").path(group);
      assertThat(resource.path("Type").asText()).isEqualTo("AWS::Logs::LogGroup");
      assertThat(resource.path("Properties").path("RetentionInDays").asInt()).isEqualTo(30);
      groups.add(group);
    }

    assertThat(groups).hasSize(2);
  }

  @Test
  void theAccountsRoleIsInAStackThatAllStagesShareAndThatLeavesItBehind() {
    Synthesis dev = Synthesis.standard();
    Synthesis other = Synthesis.with(Map.of("stage", "try", "throwaway", "true"));

    assertThat(other.account()).as("a second stage changes nothing").isEqualTo(dev.account());
    JsonNode account = dev.resource("AWS::ApiGateway::Account");
    String role = account.at("/Properties/CloudWatchRoleArn/Fn::GetAtt/0").asText();
    for (JsonNode resource : List.of(account, dev.account().path("Resources").path(role))) {
      assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
      assertThat(resource.path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
    }
    assertThat(dev.account().path("Resources")).hasSize(2);
    assertThat(dev.dependenciesOf("ParleyApi")).contains("ParleyAccount", "ParleyData");
  }

  @Test
  void whereTheAccountHasARoleAlreadyNoneIsSet() {
    Synthesis synthesis = Synthesis.with(Map.of("accountLogRole", "false"));

    assertThat(synthesis.templates()).doesNotContainKey("ParleyAccount.template.json");
    assertThat(synthesis.dependenciesOf("ParleyApi")).doesNotContain("ParleyAccount");
    assertThat(destinations(synthesis)).hasSize(2);
  }

  @Test
  void aStageThatLogsNoAccessNeedsNoRole() {
    Synthesis synthesis = Synthesis.with(Map.of("accessLogs", "false"));

    assertThat(destinations(synthesis)).isEmpty();
    assertThat(synthesis.resources("AWS::Logs::LogGroup"))
        .hasSize(Deployed.of(synthesis).size() + 1);
    assertThat(synthesis.templates()).doesNotContainKey("ParleyAccount.template.json");
  }

  private static List<JsonNode> destinations(Synthesis synthesis) {
    List<JsonNode> destinations = new ArrayList<>();
    for (JsonNode stage : synthesis.resources("AWS::ApiGatewayV2::Stage")) {
      JsonNode settings = stage.path("Properties").path("AccessLogSettings");
      if (!settings.isMissingNode()) {
        destinations.add(settings.path("DestinationArn"));
      }
    }
    return destinations;
  }

  private static Map<String, String> fields(JsonNode stage) throws IOException {
    JsonNode format =
        JSON.readTree(stage.path("Properties").path("AccessLogSettings").path("Format").asText());
    Map<String, String> fields = new TreeMap<>();
    format.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    return fields;
  }
}
