package parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.auth.Tokens;
import parley.block.Block;
import parley.contract.Contract;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationKind;
import parley.conversation.ConversationSummary;
import parley.conversation.Group;
import parley.conversation.History;
import parley.conversation.OtherReceipt;
import parley.conversation.ParticipantSettings;
import parley.conversation.Role;
import parley.friend.FriendRequest;
import parley.friend.FriendRequestId;
import parley.functions.Offline;
import parley.group.Member;
import parley.message.ClientId;
import parley.message.Message;
import parley.message.MessageEvent;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.Sender;
import parley.message.SentMessage;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.profile.Account;
import parley.profile.Settings;
import parley.profile.Settings.AddToGroups;
import parley.profile.Settings.FindByEmail;
import parley.receipt.OwnReceipt;
import parley.receipt.Receipt;
import parley.receipt.Receipts;
import parley.receipt.Receipts.Counts;
import parley.user.FoundUser;
import parley.user.FoundUser.FriendshipState;
import parley.user.Handle;
import parley.user.Profile;
import parley.user.UserId;

/** Holds the HTTP API and events/openapi.yaml together. */
class HttpContractTest {
  private static final Contract CONTRACT = Contract.load();
  private static final Offline OFFLINE = new Offline(Clock.systemUTC());
  private static final Router ROUTER = OFFLINE.router();
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static String token = "";

  @BeforeAll
  static void logIn() {
    token = OFFLINE.accessToken();
  }

  @Test
  void everyRouteIsInTheContractAndTheOtherWayRound() {
    Set<String> routes = ROUTER.routes().stream().map(Route::line).collect(Collectors.toSet());
    assertThat(CONTRACT.routes()).isEqualTo(routes);
  }

  @Test
  void aRouteAsksForATokenWhereTheContractSaysSo() {
    for (String route : CONTRACT.routes()) {
      APIGatewayV2HTTPResponse response =
          ROUTER.handle(Requests.event(concrete(route), null, "{}"));
      boolean secured = !operation(route).has("security");
      assertThat(response.getBody().contains("\"UNAUTHENTICATED\"")).as(route).isEqualTo(secured);
      assertFits(route, response);
    }
  }

  @Test
  void everyRouteAnswersAsTheContractSaysWhenTheDatabaseIsDown() {
    for (String route : CONTRACT.routes()) {
      String body =
          operation(route).at("/requestBody/content/application~1json/example").toString();
      APIGatewayV2HTTPResponse response =
          ROUTER.handle(
              Requests.event(
                  concrete(route) + "?q=a&ids=" + ID + "&conversationId=" + ID, token, body));
      if (!route.equals("POST /auth/refresh")) {
        assertThat(response.getStatusCode()).as(route).isEqualTo(503);
        assertThat(response.getHeaders()).as(route).containsEntry("retry-after", "5");
      }
      assertFits(route, response);
    }
  }

  @Test
  void theErrorCodesAreThoseOfTheContract() {
    assertThat(texts(CONTRACT.openApi().at("/components/schemas/ErrorCode/enum")))
        .containsExactlyElementsOf(names(ErrorCode.values()));
  }

  @Test
  void everyErrorResponseHasTheStatusOfItsCodesAndEveryCodeIsToldSomewhere() {
    Set<String> told = new TreeSet<>();
    for (JsonNode response : CONTRACT.openApi().at("/components/responses")) {
      JsonNode fields = response.at("/content/application~1json/schema/allOf/1/properties");
      for (String code : texts(fields.at("/code/enum"))) {
        assertThat(fields.at("/statusCode/const").asInt())
            .as(code)
            .isEqualTo(ErrorCode.valueOf(code).status());
        told.add(code);
      }
    }
    told.add(ErrorCode.UNKNOWN_EVENT.name());
    told.add(ErrorCode.NOT_JOINED.name());
    told.add(ErrorCode.TOO_MANY_CONNECTIONS.name());
    assertThat(told).containsExactlyInAnyOrderElementsOf(names(ErrorCode.values()));
  }

  @Test
  void everyReferenceToAnErrorStandsUnderItsStatus() {
    for (String route : CONTRACT.routes()) {
      for (Map.Entry<String, JsonNode> response : operation(route).path("responses").properties()) {
        String reference = response.getValue().path("$ref").asText("#").substring(1);
        JsonNode status =
            CONTRACT
                .openApi()
                .at(reference)
                .at("/content/application~1json/schema/allOf/1/properties/statusCode/const");
        if (!status.isMissingNode()) {
          assertThat(response.getKey()).as(route + reference).isEqualTo(status.asText());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOT_JOINED", "TOO_MANY_CONNECTIONS", "UNKNOWN_EVENT"})
  void anErrorsBodyFitsTheResponseOfItsCode(ErrorCode code) {
    String body = HttpResponse.error(new ChatException(code, "no")).toEvent().getBody();
    List<String> fitting = new ArrayList<>();
    for (Map.Entry<String, JsonNode> response :
        CONTRACT.openApi().at("/components/responses").properties()) {
      String schema =
          "/components/responses/" + response.getKey() + "/content/application~1json/schema";
      if (response.getValue().has("content") && CONTRACT.validate(schema, body).isEmpty()) {
        fitting.add(response.getKey());
      }
    }
    assertThat(fitting).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("records")
  void aRecordIsWrittenAsTheContractSays(String schema, Object value) {
    String json = Json.write(value);
    assertThat(CONTRACT.validate("/components/schemas/" + schema, json)).isEmpty();
    String extra = json.replaceFirst("\\{", "{\"passwordHash\":\"x\",");
    assertThat(CONTRACT.validate("/components/schemas/" + schema, extra)).isNotEmpty();
  }

  static Stream<Arguments> records() {
    UserId ada = new UserId(UUID.fromString(ID));
    UserId grace = new UserId(UUID.fromString("01934b5e-9d10-7b2e-8c4f-aabbccddeeff"));
    Instant now = Instant.parse("2026-11-22T10:15:30.123456Z");
    Profile profile = new Profile(ada, "Ada", null, null, Optional.empty(), 0);
    Profile full =
        new Profile(
            grace, "Grace 😀", "images/1", "x".repeat(500), Optional.of(new Handle("Grace_1")), 7);
    ConversationId conversation = new ConversationId(UUID.randomUUID());
    Message message =
        new Message(
            new MessageId(UUID.randomUUID()),
            "Hi",
            ada,
            conversation,
            now,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Message retried =
        new Message(
            message.id(),
            "😀".repeat(4000),
            ada,
            conversation,
            now,
            2,
            Optional.of(new ClientId("c-1")),
            Optional.empty(),
            Optional.of(now),
            Optional.of(now),
            Optional.empty(),
            Optional.of(message.id()),
            Optional.of(List.of(ada, grace)),
            Optional.of(true),
            Optional.of(List.of(new Reaction("👍", 2, true))),
            Optional.empty());
    Message read =
        new Message(
            message.id(),
            "Hi",
            ada,
            conversation,
            now,
            2,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Sender(ada, "Ada", null, 2)));
    Message deleted =
        new Message(
            message.id(),
            "",
            ada,
            conversation,
            now,
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(now),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    FriendRequestId request = new FriendRequestId(UUID.randomUUID());
    return Stream.of(
        Arguments.of(
            "Account",
            new Account(ada, "ada@example.com", "Ada", null, null, now, Optional.empty(), 0)),
        Arguments.of(
            "Account",
            new Account(
                ada,
                "a@b.c",
                "Ada",
                "images/1",
                "me",
                Instant.EPOCH,
                Optional.of(new Handle("ada")),
                3)),
        Arguments.of("Profile", profile),
        Arguments.of("Profile", full),
        Arguments.of(
            "FoundUser",
            new FoundUser(ada, "Ada", null, null, Optional.empty(), 0, FriendshipState.NONE)),
        Arguments.of(
            "FoundUser",
            new FoundUser(
                ada, "Ada", "i", "a", Optional.of(new Handle("ada")), 3, FriendshipState.FRIENDS)),
        Arguments.of(
            "ReceivedFriendRequest",
            new FriendRequest(
                request,
                ada,
                grace,
                FriendRequest.Status.PENDING,
                now,
                Optional.of(profile),
                Optional.empty())),
        Arguments.of(
            "SentFriendRequest",
            new FriendRequest(
                request,
                ada,
                grace,
                FriendRequest.Status.PENDING,
                now,
                Optional.empty(),
                Optional.of(full))),
        Arguments.of("Block", new Block(full, now)),
        Arguments.of(
            "Settings",
            new Settings(FindByEmail.NOBODY, false, Settings.Presence.NOBODY, AddToGroups.NOBODY)),
        Arguments.of("OwnReceipt", new OwnReceipt(conversation, 3, 2)),
        Arguments.of(
            "Receipts",
            new Receipts(
                conversation,
                Optional.of(
                    List.of(
                        new Receipt(ada, 3, Optional.of(2L)),
                        new Receipt(grace, 0, Optional.empty()))),
                Optional.empty())),
        Arguments.of(
            "Receipts",
            new Receipts(
                conversation, Optional.empty(), Optional.of(new Counts(3, 999, Optional.of(0L))))),
        Arguments.of("Conversation", direct(conversation, full, null, null)),
        Arguments.of("Conversation", direct(conversation, full, "Hi", now)),
        Arguments.of("Conversation", group(conversation, null, now)),
        Arguments.of("Conversation", group(conversation, "images/1", now)),
        Arguments.of("Member", new Member(ada, "Ada", null, null, 2, Role.OWNER, now)),
        Arguments.of("Message", message),
        Arguments.of("Message", retried),
        Arguments.of("Message", deleted),
        Arguments.of("ReadMessage", read),
        Arguments.of("HiddenMessage", new MessageEvent.Hidden(message.id(), conversation)),
        Arguments.of(
            "SentMessage",
            new SentMessage(retried, new ConversationSummary(conversation, "Hi", now))),
        Arguments.of("Tokens", new Tokens("a.b.c", "d.e.f")),
        Arguments.of("Health", Map.of("status", "ok")));
  }

  private static Conversation direct(
      ConversationId id, Profile other, @Nullable String last, @Nullable Instant lastAt) {
    return new Conversation(
        id,
        ConversationKind.DIRECT,
        Optional.of(other),
        Optional.empty(),
        last,
        lastAt,
        7,
        3,
        Optional.of(new OtherReceipt(7, Optional.of(6L))),
        2,
        0,
        new ParticipantSettings(null, false, null, false),
        null,
        Instant.EPOCH);
  }

  private static Conversation group(ConversationId id, @Nullable String picture, Instant now) {
    return new Conversation(
        id,
        ConversationKind.GROUP,
        Optional.empty(),
        Optional.of(new Group("Engines", picture, 1000, Role.ADMIN, History.ALL)),
        "Ada left",
        now,
        7,
        7,
        Optional.empty(),
        0,
        5,
        new ParticipantSettings(now, true, now, true),
        3600L,
        now);
  }

  @Test
  void theEnumsAreThoseOfTheContract() {
    JsonNode schemas = CONTRACT.openApi().at("/components/schemas");
    assertThat(texts(schemas.at("/FoundUser/properties/friendship/enum")))
        .containsExactlyElementsOf(names(FriendshipState.values()));
    assertThat(texts(schemas.at("/Role/enum"))).containsExactlyElementsOf(names(Role.values()));
    assertThat(texts(schemas.at("/History/enum")))
        .containsExactlyElementsOf(names(History.values()));
    assertThat(texts(schemas.at("/Conversation/properties/kind/enum")))
        .containsExactlyElementsOf(names(ConversationKind.values()));
    assertThat(texts(schemas.at("/FriendRequestStatus/enum")))
        .containsExactlyElementsOf(names(FriendRequest.Status.values()));
    assertThat(texts(schemas.at("/FindByEmail/enum")))
        .containsExactlyElementsOf(names(FindByEmail.values()));
    assertThat(texts(schemas.at("/AddToGroups/enum")))
        .containsExactlyElementsOf(names(AddToGroups.values()));
  }

  private static void assertFits(String route, APIGatewayV2HTTPResponse response) {
    assertThat(
            CONTRACT.validateResponse(
                method(route), path(route), response.getStatusCode(), response.getBody()))
        .isEmpty();
  }

  private static String method(String route) {
    return route.substring(0, route.indexOf(' '));
  }

  private static String path(String route) {
    return route.substring(route.indexOf(' ') + 1);
  }

  private static String concrete(String route) {
    return route.replaceAll("\\{[^}]*}", ID);
  }

  private static JsonNode operation(String route) {
    return CONTRACT
        .openApi()
        .path("paths")
        .path(path(route))
        .path(method(route).toLowerCase(Locale.ROOT));
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
