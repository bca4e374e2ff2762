package parley.functions.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.auth.Identity;
import parley.connection.Origin;
import parley.connection.Protocol;
import parley.contract.Contract;
import parley.contract.Contract.Direction;
import parley.functions.Offline;
import parley.functions.Offline.Answer;
import parley.user.UserId;

class SocketsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";

  private final Contract contract = Contract.load();
  private final Offline offline = new Offline(Clock.fixed(NOW, ZoneOffset.UTC));
  private final Sockets sockets = offline.sockets();

  @Test
  void acceptsTheSubprotocolThatCameWithTheToken() {
    APIGatewayV2WebSocketEvent event = event("CONNECT", NOW.plusSeconds(60));
    event.setHeaders(Map.of("Sec-WebSocket-Protocol", "bearer, abc"));
    APIGatewayV2WebSocketResponse response = sockets.handle(event);
    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders())
        .containsExactly(Map.entry("Sec-WebSocket-Protocol", "bearer"));
  }

  @Test
  void acceptsNoSubprotocolThatNobodyAskedFor() {
    APIGatewayV2WebSocketEvent event = event("CONNECT", NOW.plusSeconds(60));
    event.setHeaders(Map.of("Authorization", "Bearer abc"));
    assertThat(sockets.handle(event).getHeaders()).isEmpty();
  }

  @Test
  void acknowledgesUnderTheSameId() {
    offline.answer(() -> Answer.of("participants", 2));
    assertThat(answer("{'event': 'join_conversation', 'id': 'a', 'data': '" + ID + "'}"))
        .isEqualTo("{\"event\":\"ack\",\"id\":\"a\",\"data\":{\"conversationId\":\"" + ID + "\"}}");
  }

  @Test
  void answersNothingToWhatWentWellWithoutAnId() {
    receive("{'event': 'leave_conversation', 'data': '" + ID + "'}", NOW.plusSeconds(60));
    assertThat(offline.posted()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'event': 'dance', 'id': 7, 'data': {}}              | UNKNOWN_EVENT
          {'event': 'send_message', 'id': 7, 'data': {}}       | VALIDATION_FAILED
          {'event': 'send_message', 'id': 7}                   | MALFORMED_JSON
          {'event': 'send_message', 'id': 7, 'x': 1}           | VALIDATION_FAILED
          {'event': 'send_message', 'id': 7.0, 'data': {}}     | VALIDATION_FAILED
          {'event': 'send_message', 'id': 70e-1, 'data': {'content': 'a\\ud83d'}} | VALIDATION_FAILED
          {'event': 8, 'id': 7}                                | VALIDATION_FAILED
          {'id': 7}                                            | VALIDATION_FAILED
          {'event': 'join_conversation', 'id': 7, 'data': '01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d'} | SERVICE_UNAVAILABLE
          """)
  void aFailureIsAnsweredUnderTheIdWhateverElseIsWrong(String frame, String code) {
    assertThat(answer(frame))
        .startsWith("{\"event\":\"error\",\"id\":7,\"error\":{\"code\":\"" + code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'event': 'dance', 'data': {}}         | UNKNOWN_EVENT
          {'event': 'dance', 'id': [], 'data': 1} | VALIDATION_FAILED
          {'event': 'dance', 'id': 'a\\ud83d'} | VALIDATION_FAILED
          {'event': 'dance', 'id': 'a\\u0000'} | VALIDATION_FAILED
          {'event': 'dance', 'id': 1e19}        | VALIDATION_FAILED
          {'event': 'dance', 'id': 7.5}         | VALIDATION_FAILED
          {'event': 'dance', 'id': 7             | MALFORMED_JSON
          []                                     | MALFORMED_JSON
          ping                                   | MALFORMED_JSON
          """)
  void aFailureWithoutAnIdToAnswerToIsAnEvent(String frame, String code) {
    assertThat(answer(frame)).startsWith("{\"event\":\"error\",\"data\":{\"code\":\"" + code);
  }

  @Test
  void aMessageToAStrangersConversationIsAnsweredByAnError() {
    offline.answer(Answer::ofNoRows);
    assertThat(
            answer(
                "{'event': 'send_message', 'id': 1,"
                    + " 'data': {'conversationId': '"
                    + ID
                    + "', 'content': 'x'}}"))
        .contains("\"code\":\"CONVERSATION_NOT_FOUND\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -3600})
  void aConnectionThatOutlivedItsTokenIsToldAndClosed(long seconds) {
    receive("{'event': 'leave_conversation', 'data': '" + ID + "'}", NOW.plusSeconds(seconds));
    assertThat(offline.posted()).singleElement().asString().contains("\"TOKEN_EXPIRED\"");
    assertThat(contract.validateFrame(Direction.TO_CLIENT, offline.posted().getFirst())).isEmpty();
    assertThat(offline.closed()).containsExactly("connection=");
  }

  @Test
  void nothingIsClosedForAnyOtherMistake() {
    answer("{");
    assertThat(offline.closed()).isEmpty();
  }

  @Test
  void aMessageEventWithoutABodyIsAnsweredAsAnEmptyFrame() {
    assertThat(sockets.handle(event("MESSAGE", NOW.plusSeconds(60))).getStatusCode())
        .isEqualTo(200);
    assertThat(offline.posted()).singleElement().asString().contains("\"MALFORMED_JSON\"");
  }

  @Test
  void anEventTypeThatApiGatewayDoesNotHaveIsAFault() {
    assertThatThrownBy(() -> sockets.handle(event("PING", NOW.plusSeconds(60))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PING");
  }

  @Test
  void aConnectionWithoutAUserAndAnAddressHasAnUnknownOrigin() {
    RequestContext context = event("CONNECT", NOW).getRequestContext();
    context.setAuthorizer(Map.of("protocol", "SOCKET_IO"));
    assertThat(Caller.of(context).origin()).isEqualTo(Origin.ofAddress(null));
  }

  private String answer(String frame) {
    receive(frame, NOW.plusSeconds(60));
    assertThat(offline.posted()).hasSize(1);
    String answer = offline.posted().getFirst();
    assertThat(contract.validateFrame(Direction.TO_CLIENT, answer)).isEmpty();
    return answer;
  }

  private void receive(String frame, Instant authorizedUntil) {
    APIGatewayV2WebSocketEvent event = event("MESSAGE", authorizedUntil);
    event.setBody(frame.replace('\'', '"'));
    assertThat(sockets.handle(event).getStatusCode()).isEqualTo(200);
  }

  private static APIGatewayV2WebSocketEvent event(String type, Instant authorizedUntil) {
    UserId user = new UserId(UUID.fromString(ID));
    RequestContext context = new RequestContext();
    context.setEventType(type);
    context.setConnectionId("connection=");
    context.setConnectedAt(NOW.toEpochMilli());
    context.setAuthorizer(
        new HashMap<>(
            Caller.context(
                Protocol.PLAIN,
                Optional.of(new Identity(user, authorizedUntil)),
                Origin.ofAddress("203.0.113.24"))));
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    event.setRequestContext(context);
    return event;
  }
}
