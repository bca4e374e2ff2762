package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registering and logging in, by those who should and those who should not. */
@ExtendWith(SharedChat.class)
class AccountTest {
  /** What one Argon2id hash fills (OWASP's least: 19 MiB). */
  private static final long HASH_BYTES = 19 << 20;

  private final Chat chat;
  private final Person ann;

  AccountTest(Chat chat) {
    this.chat = chat;
    this.ann = Person.register(chat, "Ann");
  }

  @Test
  void aProfileIsChangedFieldByField() {
    ann.api().patch("/users/me", Map.of("aboutMe", "Likes tea 🍵")).require(200);
    JsonNode me = ann.api().patch("/users/me", Map.of("name", " Anna ")).require(200);

    assertThat(me.path("name").asText()).isEqualTo("Anna");
    assertThat(me.path("aboutMe").asText()).isEqualTo("Likes tea 🍵");
    assertThat(me.path("email").asText()).isEqualTo(ann.email());
    assertThat(me).isEqualTo(ann.api().get("/users/me").require(200));
    JsonNode cleared =
        ann.api().patch("/users/me", Collections.singletonMap("aboutMe", null)).require(200);
    assertThat(cleared.path("aboutMe").isNull()).isTrue();
  }

  @Test
  void anEmailIsTakenOnceInWhateverCase() {
    for (String email :
        List.of(ann.email(), ann.email().toUpperCase(Locale.ROOT), " " + ann.email())) {
      register(Map.of("email", email, "password", "another password", "name", "Other"))
          .mustRefuse(409, "EMAIL_TAKEN");
    }
    login(ann.email(), "another password").mustRefuse(401, "INVALID_CREDENTIALS");
    assertThat(ann.login().id()).isEqualTo(ann.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ", "\t", "\n", "\u0085", "\u00a0", "\u2007", "\u202f", "\u3000", "\ufeff"})
  void whiteSpaceAroundAnEmailIsNoPartOfIt(String space) {
    for (String email : List.of(ann.email() + space, space + ann.email())) {
      register(Map.of("email", email, "password", "another password", "name", "Other"))
          .mustRefuse(409, "EMAIL_TAKEN");
      login(email, Person.PASSWORD).require(201);
    }
  }

  @Test
  void anAccountThatOnceGotWhiteSpaceIntoItsEmailIsStillReached() {
    Person other = Person.register(chat, "Other");
    try (Database database = chat.openDatabase()) {
      database.run(
          "update users set email = '%s\u00a0' where id = '%s'".formatted(ann.email(), other.id()));
    }

    JsonNode tokens = login(ann.email() + "\u00a0", Person.PASSWORD).require(201);

    assertThat(idOf(tokens)).isEqualTo(other.id());
    assertThat(idOf(login(ann.email(), Person.PASSWORD).require(201))).isEqualTo(ann.id());
    assertThat(idOf(login(ann.email() + " ", Person.PASSWORD).require(201))).isEqualTo(ann.id());
  }

  private String idOf(JsonNode tokens) {
    return chat.api()
        .as(tokens.path("accessToken").asText())
        .get("/users/me")
        .require(200)
        .path("id")
        .asText();
  }

  @Test
  void ofManyWhoRegisterAnEmailAtOnceExactlyOneDoes() {
    String email = UUID.randomUUID() + "@example.org";
    Map<String, String> body = Map.of("email", email, "password", Person.PASSWORD, "name", "Eve");

    List<Response> responses =
        Together.run(List.of(() -> register(body), () -> register(body), () -> register(body)));

    assertThat(responses).filteredOn(response -> response.status() == 201).hasSize(1);
    responses.stream()
        .filter(response -> response.status() != 201)
        .forEach(response -> response.mustRefuse(409, "EMAIL_TAKEN"));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "email,nobody",
        "email,@example.org",
        "email,a@",
        "email,a@b@example.org",
        "email,a b@example.org",
        "email,a@example..org",
        "email,a\0@example.org",
        "email,''",
        "email,a\u3000b@example.org",
        "email,a\u200b@example.org",
        "email,a@exam\u00adple.org",
        "email,a@example.org\u202e",
        "password,short",
        "password,'        '",
        "password,\u3164\u3164\u3164\u3164\u3164\u3164\u3164\u3164",
        "password,''",
        "password,nul \0 in the middle",
        "name,''",
        "name,'   '",
        "name,nul \0",
        "name,'\u00a0\ufeff'",
        "name,\u200b",
        "name,\u2800",
        "name,'two\nlines'",
        "name,bell \u0007",
        "name,txt.\u202egpj",
        "name,\u2067open",
        "unknown,field"
      })
  void aRegistrationThatBreaksARuleMakesNoAccount(String field, String value) {
    String email = UUID.randomUUID() + "@example.org";
    Map<String, Object> body = registration(email);
    body.put(field, value);

    register(body).mustRefuse(400, "VALIDATION_FAILED");

    login(email, Person.PASSWORD).mustRefuse(401, "INVALID_CREDENTIALS");
  }

  @Test
  void fieldsThatAreMissingOrOfAnotherTypeOrTooLongMakeNoAccount() {
    String email = UUID.randomUUID() + "@example.org";
    for (String field : List.of("email", "password", "name")) {
      for (Object value : List.of(7, true, List.of("a"), Map.of("a", "b"), "x".repeat(300))) {
        Map<String, Object> body = registration(email);
        body.put(field, value);
        register(body).mustRefuse(400, "VALIDATION_FAILED");
      }
      Map<String, Object> body = registration(email);
      body.remove(field);
      register(body).mustRefuse(400, "VALIDATION_FAILED");
      String start = "\"" + field + "\":\"";
      String half = Json.write(registration(email)).replace(start, start + "\\ud800");
      chat.api().call("POST", "/auth/register", half).mustRefuse(400, "VALIDATION_FAILED");
    }
    login(email, Person.PASSWORD).mustRefuse(401, "INVALID_CREDENTIALS");
  }

  @Test
  void aLoginTellsNotWhetherTheEmailOrThePasswordWasWrong() {
    Response wrongPassword = login(ann.email(), "wrong password");
    Response unknownEmail = login("nobody@example.org", "wrong password");

    wrongPassword.mustRefuse(401, "INVALID_CREDENTIALS");
    unknownEmail.mustRefuse(401, "INVALID_CREDENTIALS");
    assertThat(unknownEmail.body()).isEqualTo(wrongPassword.body());
    assertThat(unknownEmail.headers().map().keySet())
        .isEqualTo(wrongPassword.headers().map().keySet());
  }

  @Test
  void aLoginHashesOnceWhetherTheEmailOrThePasswordWasWrong() {
    assertThat(hashes(() -> login(ann.email(), "wrong password"))).isEqualTo(1);
    assertThat(hashes(() -> login("nobody@example.org", "wrong password"))).isEqualTo(1);
  }

  @Test
  void registeringHashesOnceWhetherTheEmailWasTakenOrNot() {
    Map<String, Object> taken = registration(ann.email());
    Map<String, Object> free = registration(UUID.randomUUID() + "@example.org");

    assertThat(hashes(() -> register(taken))).isEqualTo(1);
    assertThat(hashes(() -> register(free))).isEqualTo(1);
  }

  @Test
  void aLoginWithWhatNoAccountCanHaveIsRefused() {
    for (String email : List.of("", "nobody", "a\0@example.org", "' or 1=1 --", "x".repeat(5000))) {
      login(email, "wrong password").mustRefuse(401, "INVALID_CREDENTIALS");
    }
    for (String password : List.of("", "\0", "p".repeat(5000))) {
      login(ann.email(), password).mustRefuse(401, "INVALID_CREDENTIALS");
    }
    chat.api()
        .call("POST", "/auth/login", "{\"email\":\"\\ud800@example.org\",\"password\":\"\\udc00\"}")
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  private Response register(Object body) {
    return chat.api().post("/auth/register", body);
  }

  private Response login(String email, String password) {
    return chat.api().post("/auth/login", Map.of("email", email, "password", password));
  }

  private static Map<String, Object> registration(String email) {
    return new HashMap<>(Map.of("email", email, "password", Person.PASSWORD, "name", "Eve"));
  }

  /**
   * How many password hashes an action computes, by the memory that they fill: nothing else here
   * takes as much.
   */
  private static long hashes(Runnable action) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    action.run();
    return (threads.getTotalThreadAllocatedBytes() - before) / HASH_BYTES;
  }
}
