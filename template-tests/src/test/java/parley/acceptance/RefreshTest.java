package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refreshing a session: a token is good for one use, and for a moment for the same answer. */
@ExtendWith(SharedChat.class)
class RefreshTest {
  /** The grace is 30 s. */
  private static final Duration WITHIN_THE_GRACE = Duration.ofSeconds(25);

  private static final Duration PAST_THE_GRACE = Duration.ofSeconds(31);

  private final Chat chat;
  private final Person ann;

  RefreshTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
  }

  @Test
  void aRefreshTokenThatIsUsedAgainLaterEndsTheSession() {
    String second = refreshed(ann.refreshToken());
    String third = refreshed(second);
    Person elsewhere = ann.login();
    chat.clock().advance(PAST_THE_GRACE);

    mustHaveEnded(ann.refreshToken());

    mustHaveEnded(second);
    mustHaveEnded(third);
    refreshed(elsewhere.refreshToken());
  }

  @Test
  void aRepeatedRefreshIsAnsweredTheSameForAMoment() {
    String answer = refresh(ann.refreshToken()).body();
    chat.clock().advance(WITHIN_THE_GRACE);

    assertThat(refresh(ann.refreshToken()).body()).isEqualTo(answer);

    String accessToken = Json.read(answer).path("accessToken").asText();
    chat.api().as(accessToken).get("/users/me").require(200);
    String second = Json.read(answer).path("refreshToken").asText();
    chat.clock().advance(WITHIN_THE_GRACE);
    refreshed(second);
    mustHaveEnded(ann.refreshToken());
  }

  @RepeatedTest(5)
  void allTabsThatRefreshAtOnceGetTheSameTokensAndStayLoggedIn() {
    List<Callable<Response>> tabs = Collections.nCopies(6, () -> refresh(ann.refreshToken()));

    List<Response> answers = Together.run(tabs);

    assertThat(answers).extracting(Response::status).containsOnly(201);
    assertThat(answers.stream().map(Response::body).distinct()).hasSize(1);
    String second = answers.getFirst().json().path("refreshToken").asText();
    chat.clock().advance(PAST_THE_GRACE);
    refreshed(second);
  }

  @Test
  void aTabThatIsLateFollowsOneThatHasRefreshedTwice() {
    String second = refreshed(ann.refreshToken());
    String third = refreshed(second);

    assertThat(refreshed(ann.refreshToken())).isEqualTo(second);
    assertThat(refreshed(second)).isEqualTo(third);

    chat.clock().advance(PAST_THE_GRACE);
    refreshed(third);
  }

  @RepeatedTest(3)
  void threeTabsThatRefreshAsTheyLikeForAWhileAllStayLoggedIn() {
    Callable<String> tab =
        () -> {
          String token = ann.refreshToken();
          for (int i = 0; i < 4; i++) {
            token = refreshed(token);
          }
          return token;
        };

    List<String> last = Together.run(List.of(tab, tab, tab));

    assertThat(last).containsOnly(last.getFirst());
    refreshed(last.getFirst());
  }

  /** Whoever refreshes in a loop must not let the session's row grow. */
  @Test
  void onlyTheLastFewUsedTokensAreAnsweredAgain() {
    List<String> used = new ArrayList<>(List.of(ann.refreshToken()));
    for (int i = 0; i < 9; i++) {
      used.add(refreshed(used.getLast()));
    }

    assertThat(refreshed(used.get(1))).isEqualTo(used.get(2));
    mustHaveEnded(used.getFirst());
  }

  @Test
  void anEndedSessionAnswersNothingAgain() {
    String second = refreshed(ann.refreshToken());
    chat.clock().advance(WITHIN_THE_GRACE);
    String third = refreshed(second);
    chat.clock().advance(Duration.ofSeconds(10));
    mustHaveEnded(ann.refreshToken());

    mustHaveEnded(second);
    mustHaveEnded(third);
  }

  @RepeatedTest(3)
  void ofRefreshesAndTheEndOfTheSessionAtOnceNoneOpensItAgain() {
    String second = refreshed(ann.refreshToken());
    List<Callable<Response>> tabs = new ArrayList<>(Collections.nCopies(3, () -> refresh(second)));
    tabs.add(1, this::endSession);

    Together.run(tabs);

    mustHaveEnded(second);
    mustHaveEnded(ann.refreshToken());
  }

  @Test
  void theDatabaseKeepsNoToken() {
    String second = refreshed(ann.refreshToken());
    String third = refreshed(second);

    String stored =
        String.join("\n", run("select cast(s as text) from sessions s where user_id = '%s'"));

    for (String token : List.of(ann.refreshToken(), second, third)) {
      for (String part : token.split("\\.", -1)) {
        assertThat(stored).isNotEmpty().doesNotContain(part);
      }
    }
  }

  /** Ends the session as logging out does, whose row is the session. */
  private Response endSession() {
    run("delete from sessions where user_id = '%s'");
    return refresh(ann.refreshToken());
  }

  private List<String> run(String sql) {
    try (Database database = chat.openDatabase()) {
      return database.run(sql.formatted(ann.id()));
    }
  }

  private void mustHaveEnded(String token) {
    refresh(token).mustRefuse(401, "UNAUTHENTICATED");
  }

  private String refreshed(String token) {
    return refresh(token).require(201).path("refreshToken").asText();
  }

  private Response refresh(String token) {
    return chat.api().post("/auth/refresh", Map.of("refreshToken", token));
  }
}
