package parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.contract.Contract;
import parley.functions.Offline;

/** Holds what the HTTP API takes and refuses against events/openapi.yaml, bound by bound. */
class RequestContractTest {
  private static final Contract CONTRACT = Contract.load();
  private static final Offline OFFLINE = new Offline(Clock.systemUTC());
  private static final Router ROUTER = OFFLINE.router();
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static String token = "";

  @BeforeAll
  static void logIn() {
    token = OFFLINE.accessToken();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void theCodeTakesAndRefusesTheSameBodiesAsTheContract(String route, String body) {
    boolean allowed = CONTRACT.validateRequest(method(route), path(route), body).isEmpty();
    APIGatewayV2HTTPResponse response =
        ROUTER.handle(Requests.event(route.replaceAll("\\{[^}]*}", ID), token, body));
    assertThat(response.getStatusCode() != 400).as(body + response.getBody()).isEqualTo(allowed);
    assertThat(
            CONTRACT.validateResponse(
                method(route), path(route), response.getStatusCode(), response.getBody()))
        .isEmpty();
  }

  static Stream<Arguments> bodies() {
    String register = "POST /auth/register";
    String message = "POST /messages";
    return Stream.of(
            bodies(
                register,
                "{'email': 'a@b.c', 'password': '12345678', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '1234567', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '" + "a".repeat(128) + "', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '" + "a".repeat(129) + "', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '1234567\\u0000', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '        ', 'name': 'A'}",
                "{'email': 'a@b', 'password': '12345678', 'name': 'A'}",
                "{'email': 'ab.c', 'password': '12345678', 'name': 'A'}",
                "{'email': '" + "a".repeat(248) + "@ex.am', 'password': '12345678', 'name': 'A'}",
                "{'email': '" + "a".repeat(249) + "@ex.am', 'password': '12345678', 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': '" + "😀".repeat(100) + "'}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': '" + "😀".repeat(101) + "'}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': ' '}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': ''}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': null}",
                "{'email': 'a@b.c', 'password': '12345678'}",
                "{'email': 'a@b.c', 'password': 12345678, 'name': 'A'}",
                "{'email': 'a@b.c', 'password': '12345678', 'name': 'A', 'admin': true}",
                "{'email': 'a@b.c', 'email': 'a@b.c', 'password': '12345678', 'name': 'A'}",
                "[]",
                "",
                "{"),
            bodies(
                "POST /auth/login",
                "{'email': '', 'password': ''}",
                "{'email': 'a@b.c', 'password': 'x', 'name': 'A'}",
                "{'email': 'a@b.c'}",
                "{'email': 7, 'password': 'x'}"),
            bodies(
                "POST /auth/refresh", "{'refreshToken': 'x'}", "{'refreshToken': 7}", "{}", "null"),
            bodies(
                "PATCH /users/me",
                "{}",
                "{'name': null}",
                "{'name': ''}",
                "{'name': 7}",
                "{'name': '" + "a".repeat(101) + "'}",
                "{'aboutMe': null}",
                "{'aboutMe': ''}",
                "{'aboutMe': '" + "😀".repeat(500) + "'}",
                "{'aboutMe': '" + "a".repeat(501) + "'}",
                "{'aboutMe': 'a\\u0000'}",
                "{'aboutMe': []}",
                "{'profileImage': null}",
                "{'profileImage': 'images/1.png'}",
                "{'profileImage': 'https://example.org/" + "a".repeat(1004) + "'}",
                "{'profileImage': 'https://example.org/" + "a".repeat(1005) + "'}",
                "{'profileImage': 'javascript:alert(1)'}",
                "{'profileImage': ''}",
                "{'handle': null}",
                "{'handle': 'Ada_1'}",
                "{'handle': 'ad'}",
                "{'handle': '" + "a".repeat(30) + "'}",
                "{'handle': '" + "a".repeat(31) + "'}",
                "{'handle': '1ada'}",
                "{'handle': 'ad\\n'}",
                "{'handle': 7}",
                "{'email': 'a@b.c'}"),
            bodies(
                "PATCH /users/me/settings",
                "{}",
                "{'findByEmail': null}",
                "{'findByEmail': 'EVERYONE'}",
                "{'findByEmail': 'NOBODY'}",
                "{'findByEmail': 'nobody'}",
                "{'findByEmail': true}",
                "{'findbyemail': 'NOBODY'}",
                "{'readReceipts': false}",
                "{'readReceipts': null}",
                "{'readReceipts': 'no'}",
                "{'addToGroups': 'NOBODY'}",
                "{'addToGroups': null}",
                "{'addToGroups': 'EVERYONE'}"),
            bodies(
                "POST /conversations/{conversationId}/receipts",
                "{'readSeq': 0}",
                "{'deliveredSeq': 9007199254740991}",
                "{'deliveredSeq': 9007199254740992}",
                "{'deliveredSeq': 9223372036854775808}",
                "{'deliveredSeq': 1e300}",
                "{'deliveredSeq': 1.0}",
                "{'deliveredSeq': 1e2, 'readSeq': 10.0}",
                "{'deliveredSeq': 2, 'readSeq': 1}",
                "{'deliveredSeq': null, 'readSeq': 1}",
                "{'deliveredSeq': -1}",
                "{'readSeq': -1}",
                "{'readSeq': 1.5}",
                "{'readSeq': '1'}",
                "{'seq': 1}"),
            bodies(
                "POST /receipts",
                "{'receipts': [{'conversationId': '" + ID + "', 'deliveredSeq': 1}]}",
                "{'receipts': [{'conversationId': '" + ID + "', 'readSeq': 1}]}",
                "{'receipts': [{'conversationId': '" + ID + "', 'readSeq': 1.0}]}",
                "{'receipts': [{'conversationId': '" + ID + "', 'readSeq': 1.5}]}",
                "{'receipts': [{'deliveredSeq': 1}]}",
                "{'receipts': [{'conversationId': 'x', 'deliveredSeq': 1}]}",
                "{'receipts': ['" + ID + "']}",
                "{'receipts': [null]}",
                "{'receipts': []}",
                "{'receipts': {}}",
                "{}"),
            bodies(
                "POST /friends/respond/{requestId}",
                "{'action': 'ACCEPT'}",
                "{'action': 'REJECT'}",
                "{'action': 'accept'}",
                "{'action': null}",
                "{'action': 'ACCEPT', 'x': 1}"),
            bodies(
                "POST /conversations",
                "{'userId': '" + ID + "'}",
                "{'userId': '" + ID.toUpperCase(Locale.ROOT) + "'}",
                "{'userId': '" + ID.replace("-", "") + "'}",
                "{'userId': '+" + ID.substring(1) + "'}",
                "{'userId': '1-1-1-1-1'}",
                "{'userId': 7}",
                "{}"),
            bodies(
                "POST /groups",
                "{'title': 'A'}",
                "{'title': ' '}",
                "{'title': '" + "😀".repeat(100) + "'}",
                "{'title': '" + "😀".repeat(101) + "'}",
                "{'title': 'A', 'picture': null, 'history': null, 'clientId': null}",
                "{'title': 'A', 'picture': 'images/1.png'}",
                "{'title': 'A', 'picture': 'https://example.org/a?b=c'}",
                "{'title': 'A', 'picture': 'http://example.org/a'}",
                "{'title': 'A', 'picture': '/etc/passwd'}",
                "{'title': 'A', 'picture': '" + "a".repeat(1025) + "'}",
                "{'title': 'A', 'history': 'ALL'}",
                "{'title': 'A', 'history': 'all'}",
                "{'title': 'A', 'userIds': ['" + ID + "']}",
                "{'title': 'A', 'userIds': []}",
                "{'title': 'A', 'userIds': null}",
                "{'title': 'A', 'userIds': ['x']}",
                "{'title': 'A', 'userIds': [null]}",
                "{'title': 'A', 'members': []}"),
            bodies(
                "PATCH /groups/{groupId}",
                "{}",
                "{'title': null, 'picture': null, 'history': null}",
                "{'title': ''}",
                "{'history': 'SOME'}"),
            bodies(
                "POST /groups/{groupId}/members",
                "{'userIds': ['" + ID + "', '" + ID + "']}",
                "{'userIds': [" + ("'" + ID + "',").repeat(99) + "'" + ID + "']}",
                "{'userIds': [" + ("'" + ID + "',").repeat(100) + "'" + ID + "']}",
                "{}"),
            bodies(
                "PUT /groups/{groupId}/members/{userId}/role",
                "{'role': 'OWNER'}",
                "{'role': 'GOD'}",
                "{'role': null}"),
            bodies(
                "POST /groups/{groupId}/invites",
                "{}",
                "{'expiresInSeconds': null, 'maxUses': null}",
                "{'expiresInSeconds': 3600, 'maxUses': 1}",
                "{'expiresInSeconds': 3599}",
                "{'expiresInSeconds': 2592000, 'maxUses': 1000}",
                "{'expiresInSeconds': 2592001}",
                "{'maxUses': 0}",
                "{'maxUses': 1001}",
                "{'maxUses': '1'}",
                "{'expiresInSeconds': 3.6e3, 'maxUses': 1.0}",
                "{'maxUses': 1.5}",
                "{'maxUses': 1e99}"),
            bodies(
                "PUT /messages/{messageId}/reactions",
                "{'emojis': []}",
                "{'emojis': ['👍', '❤️', '👩🏽‍❤️‍💋‍👨🏻', '🇹🇷', '1️⃣']}",
                "{'emojis': ['1', '2']}",
                "{'emojis': ['ok']}",
                "{'emojis': ['']}",
                "{'emojis': [' ']}",
                "{'emojis': ['👍', '👍']}",
                "{'emojis': ['❤', '❤\ufe0f', '❤\u200d']}",
                "{'emojis': ['©']}",
                "{'emojis': ['é']}",
                "{'emojis': ['★']}",
                "{'emojis': ['👍👍']}",
                "{'emojis': ['👍', '😀', '😁', '😂', '🤣', '😃']}",
                "{'emojis': ['" + "😀".repeat(21) + "']}",
                "{'emojis': '👍'}",
                "{'emojis': [null]}",
                "{'emojis': null}",
                "{}"),
            bodies("POST /invites/join", "{'token': ''}", "{'token': 7}", "{}"),
            bodies("POST /invites/preview", "{'token': 'x'}", "{'token': null}"),
            bodies(
                "PATCH /conversations/{conversationId}",
                "{}",
                "{'mutedUntil': null, 'archived': null, 'pinned': null, 'markedUnread': null}",
                "{'mutedUntil': '2999-12-31T23:59:59.999Z'}",
                "{'mutedUntil': '2026-11-22T10:15:30Z'}",
                "{'mutedUntil': '2026-11-22T10:15:30'}",
                "{'mutedUntil': '2026-11-22T00:00:00Z'}",
                "{'mutedUntil': '2026-11-22T23:59:59.9Z'}",
                "{'mutedUntil': '2026-11-22T24:00:00Z'}",
                "{'mutedUntil': '2026-11-22T24:00:01Z'}",
                "{'mutedUntil': '2026-11-22T10:60:00Z'}",
                "{'mutedUntil': '2026-12-31T23:59:60Z'}",
                "{'mutedUntil': '2026-11-22T10:15:30+00:00'}",
                "{'mutedUntil': '2026-11-22t10:15:30z'}",
                "{'mutedUntil': '2026-11-22 10:15:30Z'}",
                "{'mutedUntil': '2026-11-22T10:15Z'}",
                "{'mutedUntil': '2026-11-22T10:15:30,5Z'}",
                "{'mutedUntil': '2026-02-29T00:00:00Z'}",
                "{'mutedUntil': '2028-02-29T00:00:00Z'}",
                "{'mutedUntil': '2026-00-10T00:00:00Z'}",
                "{'mutedUntil': '2026-04-31T00:00:00Z'}",
                "{'mutedUntil': '1999-11-22T10:15:30Z'}",
                "{'archived': true, 'pinned': false, 'markedUnread': true}",
                "{'archived': 1}"),
            bodies(
                "PUT /conversations/{conversationId}/disappearing",
                "{'seconds': null}",
                "{'seconds': 3600}",
                "{'seconds': 3600.0}",
                "{'seconds': 3600.5}",
                "{'seconds': 36e2}",
                "{'seconds': 7776000}",
                "{'seconds': 3599}",
                "{'seconds': 7776001}",
                "{}"),
            bodies(
                "PATCH /messages/{messageId}",
                "{'content': 'x'}",
                "{'content': ' '}",
                "{'content': '" + "a".repeat(4001) + "'}",
                "{'content': null}",
                "{'mentions': []}",
                "{'content': 'x', 'mentions': null}",
                "{'content': 'x', 'mentions': []}",
                "{'content': 'x', 'mentions': ['x']}",
                "{'content': 'x', 'mentions': '" + ID + "'}",
                "{'content': 'x', 'mentions': [" + ("'" + ID + "',").repeat(19) + "'" + ID + "']}",
                "{'content': 'x', 'mentions': [" + ("'" + ID + "',").repeat(20) + "'" + ID + "']}",
                "{'content': 'x', 'seq': 1}"),
            bodies(
                "POST /messages/{messageId}/forward",
                "{'conversationIds': ['" + ID + "']}",
                "{'conversationIds': []}",
                "{'conversationIds': [" + ("'" + ID + "',").repeat(9) + "'" + ID + "']}",
                "{'conversationIds': [" + ("'" + ID + "',").repeat(10) + "'" + ID + "']}",
                "{'conversationIds': ['x']}",
                "{'conversationIds': ['" + ID + "'], 'clientId': null}",
                "{'conversationIds': ['" + ID + "'], 'clientId': '" + "c".repeat(27) + "'}",
                "{'conversationIds': ['" + ID + "'], 'clientId': '" + "c".repeat(28) + "'}",
                "{'conversationIds': ['" + ID + "'], 'clientId': ''}",
                "{}"),
            bodies(
                message,
                "{'conversationId': '" + ID + "', 'content': 'x', 'replyTo': '" + ID + "'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'replyTo': null}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'replyTo': 'x'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'mentions': null}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'mentions': []}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'mentions': ['x']}",
                "{'conversationId': '"
                    + ID
                    + "', 'content': 'x', 'mentions': ["
                    + ("'" + ID + "',").repeat(19)
                    + ("'" + ID + "']}"),
                "{'conversationId': '"
                    + ID
                    + "', 'content': 'x', 'mentions': ["
                    + ("'" + ID + "',").repeat(20)
                    + ("'" + ID + "']}"),
                "{'conversationId': '" + ID + "', 'content': 'x'}",
                "{'conversationId': '" + ID + "', 'content': '" + "😀".repeat(4000) + "'}",
                "{'conversationId': '" + ID + "', 'content': '" + "a".repeat(4001) + "'}",
                "{'conversationId': '" + ID + "', 'content': ' \\n'}",
                "{'conversationId': '" + ID + "', 'content': ''}",
                "{'conversationId': '" + ID + "', 'content': 'a\\u0000'}",
                "{'conversationId': '" + ID + "', 'content': null}",
                "{'conversationId': 'x', 'content': 'x'}",
                "{'content': 'x'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': null}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': 'c'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': ''}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': 'a b'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': 'é'}",
                "{'conversationId': '"
                    + ID
                    + "', 'content': 'x', 'clientId': '"
                    + "c".repeat(64)
                    + "'}",
                "{'conversationId': '"
                    + ID
                    + "', 'content': 'x', 'clientId': '"
                    + "c".repeat(65)
                    + "'}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'clientId': 7}",
                "{'conversationId': '" + ID + "', 'content': 'x', 'seq': 1}"))
        .flatMap(bodies -> bodies);
  }

  private static Stream<Arguments> bodies(String route, String... bodies) {
    return Arrays.stream(bodies).map(body -> Arguments.of(route, body.replace('\'', '"')));
  }

  private static String method(String route) {
    return route.substring(0, route.indexOf(' '));
  }

  private static String path(String route) {
    return route.substring(route.indexOf(' ') + 1);
  }
}
