package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;
import parley.platform.log.Measure;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the dashboard and the alarms are told, by the lines of the log that carry it. */
@ExtendWith(SharedChat.class)
class MetricTest {
  /** Longer than a connection may be answered 410 because it is only being opened. */
  private static final Duration PAST_CONNECTING = Duration.ofMinutes(1);

  private final Chat chat;
  private final Friends friends;

  MetricTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
  }

  @Test
  void aPageThatCatchesUpIsCounted() {
    int before = chat.log().size();

    friends.ann().api().get("/sync").require(200);

    assertThat(value(before, "GET /sync", Measure.SYNC_PAGES)).isEqualTo(1);
  }

  @Test
  void aPostThatFindsNoConnectionIsCountedApartFromTheOneThatIsTaken() {
    Person ben = friends.ben();
    try (Phone tablet = ben.phone()) {
      Set<String> tabletOnly = chat.aws().connectionsOf(ben);
      Phone phone = ben.phone();
      Map<String, AttributeValue> both = chat.aws().item(ben);
      phone.close();
      Eventually.await(
          "the closed one is removed", () -> chat.aws().connectionsOf(ben).equals(tabletOnly));
      chat.aws().put(both);
      chat.clock().advance(PAST_CONNECTING);
      int before = chat.log().size();

      friends.ann().send(friends.conversation(), "hello").require(201);

      tablet.awaitMessage("hello");
      assertThat(value(before, "POST /messages", Measure.GONE)).isEqualTo(1);
      assertThat(value(before, "POST /messages", Measure.DELIVERIES)).isEqualTo(1);
    }
  }

  @Test
  void aPostThatIsThrottledIsCountedAndTriedAgain() {
    AtomicBoolean throttled = new AtomicBoolean();
    try (Phone bens = friends.ben().phone()) {
      int before = chat.log().size();

      chat.with(
          throttling(throttled),
          () -> friends.ann().send(friends.conversation(), "hello").require(201));

      bens.awaitMessage("hello");
      assertThat(throttled).isTrue();
      assertThat(value(before, "POST /messages", Measure.RETRIES)).isEqualTo(1);
      assertThat(value(before, "POST /messages", Measure.DELIVERIES)).isEqualTo(1);
    }
  }

  @Test
  void aPostThatIsRefusedIsToldWithItsFunctionAndStatusThoughTheMessageArrives() {
    try (Phone bens = friends.ben().phone()) {
      int before = chat.log().size();

      chat.with(
          Door.HTTP.postsFail(chat.aws().connectionsOf(friends.ben()).iterator().next()),
          () -> friends.ann().send(friends.conversation(), "hello").require(201));

      bens.awaitMessage("hello");
      assertThat(value(before, "POST /messages", Measure.REFUSALS)).isEqualTo(3);
      List<String> all = chat.log();
      assertThat(all.subList(before, all.size()))
          .filteredOn(line -> line.contains("\"level\":\"ERROR\""))
          .singleElement()
          .asString()
          .contains(
              "\"function\":\"HttpFunction\"",
              "\"call\":\"PostToConnection\"",
              "\"status\":403",
              "\"requestBytes\":");
    }
  }

  @Test
  void whatIsOurFaultIsCounted() {
    int before = chat.log().size();

    chat.withoutDatabase(
        () ->
            friends
                .ann()
                .send(friends.conversation(), "hello")
                .mustRefuse(503, "SERVICE_UNAVAILABLE"));

    assertThat(value(before, "POST /messages", Measure.FAULTS)).isPositive();
  }

  /** The first post of all is throttled. */
  private static Faults throttling(AtomicBoolean throttled) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        return service.equals("execute-api") && throttled.compareAndSet(false, true)
            ? new CallFault.Failed(Moment.BEFORE, 429, "LimitExceededException")
            : CallFault.NONE;
      }
    };
  }

  /** Of a metric on the line of the one request that asked for this. */
  private long value(int from, String action, Measure measure) {
    Eventually.await("a line of " + action, () -> line(from, action).isPresent());
    return line(from, action).orElseThrow().path(measure.title()).asLong();
  }

  private Optional<JsonNode> line(int from, String action) {
    List<String> all = chat.log();
    return all.subList(from, all.size()).stream()
        .filter(line -> line.startsWith("{"))
        .map(Json::read)
        .filter(line -> line.path("level").asText().equals("INFO"))
        .filter(line -> line.path("action").asText().equals(action))
        .findFirst();
  }
}
