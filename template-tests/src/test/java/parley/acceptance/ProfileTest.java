package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say of themselves, and by what others find them. */
@ExtendWith(SharedChat.class)
class ProfileTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;

  ProfileTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
  }

  @Test
  void aPictureAndAHandleAreSeenByOthersAndCanBeRemoved() {
    String handle = handle();
    JsonNode me =
        ann.api()
            .patch("/users/me", Map.of("profileImage", "images/ann.png", "handle", handle))
            .require(200);
    ann.befriend(ben);

    assertThat(me).isEqualTo(ann.api().get("/users/me").require(200));
    JsonNode seen = ben.list("/friends").getFirst();
    assertThat(seen.path("profileImage").asText()).isEqualTo("images/ann.png");
    assertThat(seen.path("handle").asText()).isEqualTo(handle);
    ann.api().patch("/users/me", Collections.singletonMap("profileImage", null)).require(200);
    ann.api().patch("/users/me", Collections.singletonMap("handle", null)).require(200);
    seen = ben.list("/friends").getFirst();
    assertThat(seen.path("profileImage").isNull()).isTrue();
    assertThat(seen.has("handle")).isFalse();
  }

  @Test
  void aNameIsKeptAsItIsWrittenButForWhiteSpaceAroundIt() {
    for (String name :
        List.of("\u2067עדה\u2069", "عدا\u200f", "Ada\u00a0L.", "👩‍🚀", "\u202bעדה\u202c")) {
      JsonNode me =
          ann.api().patch("/users/me", Map.of("name", "\u00a0\n" + name + "\u3000")).require(200);
      assertThat(me.path("name").asText()).isEqualTo(name);
    }
    JsonNode me =
        ann.api().patch("/users/me", Map.of("aboutMe", "one\n\u2067two\u2069\n")).require(200);
    assertThat(me.path("aboutMe").asText()).isEqualTo("one\n\u2067two\u2069");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"\\u202eAda\"}",
        "{\"name\": \"Ada\\u2069\"}",
        "{\"name\": \"A\\u000ada\"}",
        "{\"name\": \"\\u3164\"}",
        "{\"aboutMe\": \"\\u3164\"}",
        "{\"aboutMe\": \"bell \\u0007\"}",
        "{\"aboutMe\": \"\\u202eturned\"}"
      })
  void aTextThatShowsNothingOrGoesOnIntoOthersIsRefused(String change) {
    JsonNode before = ann.api().get("/users/me").require(200);

    ann.api().call("PATCH", "/users/me", change).mustRefuse(400, "VALIDATION_FAILED");

    assertThat(ann.api().get("/users/me").require(200)).isEqualTo(before);
  }

  @Test
  void aHandleIsTakenOnceInWhateverCaseAndFreeAgainWhenGivenUp() {
    String handle = handle();
    take(ann, handle).require(200);

    take(ben, handle.toUpperCase(Locale.ROOT)).mustRefuse(409, "HANDLE_TAKEN");
    assertThat(ben.api().get("/users/me").require(200).has("handle")).isFalse();
    take(ann, handle.toUpperCase(Locale.ROOT)).require(200);
    ann.api().patch("/users/me", Collections.singletonMap("handle", null)).require(200);
    take(ben, handle).require(200);
  }

  @Test
  void aHandleThatIsTakenChangesNothingElse() {
    String handle = handle();
    take(ann, handle).require(200);

    ben.api()
        .patch("/users/me", Map.of("name", "Other", "handle", handle))
        .mustRefuse(409, "HANDLE_TAKEN");

    assertThat(ben.api().get("/users/me").require(200).path("name").asText()).isEqualTo("Ben");
  }

  @RepeatedTest(3)
  void ofManyWhoTakeAHandleAtOnceExactlyOneDoes() {
    String handle = handle();
    Person carl = Person.register(chat, "Carl");

    List<Response> responses =
        Together.run(
            List.of(() -> take(ann, handle), () -> take(ben, handle), () -> take(carl, handle)));

    assertThat(responses).filteredOn(response -> response.status() == 200).hasSize(1);
    responses.stream()
        .filter(response -> response.status() != 200)
        .forEach(response -> response.mustRefuse(409, "HANDLE_TAKEN"));
  }

  @Test
  void aUserIsFoundByTheBeginningOfTheirHandleInAnyCaseWithOrWithoutTheSign() {
    String handle = handle();
    take(ann, handle).require(200);

    for (String query :
        List.of(handle, "@" + handle, handle.toUpperCase(Locale.ROOT), handle.substring(0, 20))) {
      assertThat(found(ben, query)).as(query).containsExactly(ann.id());
    }
    assertThat(found(ben, handle.substring(1))).isEmpty();
    assertThat(found(ben, handle.replace("_", "%"))).isEmpty();
    assertThat(found(ben, "@")).doesNotContain(ann.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"İbrahim", "ΓΙΩΡΓΟΣ", "Élodie", "100%_\\"})
  void aUserIsFoundByTheirNameAsTheyWriteIt(String first) {
    String name = first + " " + UUID.randomUUID();
    ann.api().patch("/users/me", Map.of("name", name)).require(200);

    assertThat(found(ben, name)).containsExactly(ann.id());
    assertThat(found(ben, name.toLowerCase(Locale.ROOT).substring(first.length() + 1)))
        .containsExactly(ann.id());
  }

  @Test
  void anEmailIsFoundInWhateverCaseItIsTyped() {
    String email = "ΝΙΚΟΣ@" + UUID.randomUUID() + ".example";
    JsonNode tokens =
        chat.api()
            .post(
                "/auth/register", Map.of("email", email, "password", "secret enough", "name", "N"))
            .require(201);
    String id =
        chat.api()
            .as(tokens.path("accessToken").asText())
            .get("/users/me")
            .require(200)
            .path("id")
            .asText();

    assertThat(found(ben, email)).containsExactly(id);
  }

  @Test
  void whoDoesNotWantToBeFoundByTheirEmailIsNot() {
    assertThat(found(ben, ann.email())).containsExactly(ann.id());
    assertThat(settings(ann)).isEqualTo("EVERYONE");

    ann.api().patch("/users/me/settings", Map.of("findByEmail", "NOBODY")).require(200);

    assertThat(settings(ann)).isEqualTo("NOBODY");
    assertThat(found(ben, ann.email())).isEmpty();
    ann.api().patch("/users/me", Map.of("name", "Ann of " + ann.id())).require(200);
    assertThat(found(ben, "Ann of " + ann.id())).containsExactly(ann.id());
    assertThat(ann.api().patch("/users/me/settings", Map.of()).require(200))
        .isEqualTo(ann.api().get("/users/me/settings").require(200));
    ann.api().patch("/users/me/settings", Map.of("findByEmail", "EVERYONE")).require(200);
    assertThat(found(ben, ann.email())).containsExactly(ann.id());
  }

  @Test
  void friendsAndOnesOwnDevicesLearnOfAChangeAndNobodyElse() {
    Person stranger = Person.register(chat, "Stranger");
    Person blocker = Person.register(chat, "Blocker");
    ann.befriend(ben);
    ann.befriend(blocker);
    blocker.block(ann).require(200);
    Mirror anns = new Mirror(ann);
    Mirror bens = new Mirror(ben);
    List.of(anns, bens).forEach(mirror -> mirror.catchUp(50));
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone();
        Phone blockers = blocker.phone();
        Phone strangers = stranger.phone()) {
      ann.api().patch("/users/me", Map.of("name", "Anna")).require(200);

      for (Phone phone : List.of(annsPhone, bensPhone)) {
        JsonNode user = phone.awaitEvent("user:updated").data().path("user");
        assertThat(user).isEqualTo(ben.list("/friends").getFirst());
        assertThat(user.path("name").asText()).isEqualTo("Anna");
      }
      assertThat(blockers.everythingSoFar()).isEmpty();
      assertThat(strangers.everythingSoFar()).isEmpty();
    }
    List.of(anns, bens).forEach(mirror -> mirror.catchUp(50));
    bens.mustBeUpToDate();
    assertThat(anns.known("ACCOUNT").values())
        .containsExactly(ann.api().get("/users/me").require(200));
  }

  @Test
  void onesOwnDevicesLearnOfASettingAndNobodyElse() {
    ann.befriend(ben);
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone()) {
      JsonNode settings =
          ann.api().patch("/users/me/settings", Map.of("findByEmail", "NOBODY")).require(200);

      assertThat(annsPhone.awaitEvent("user:settings_updated").data().path("settings"))
          .isEqualTo(settings);
      assertThat(bensPhone.everythingSoFar()).isEmpty();
      anns.catchUp(50);
      assertThat(anns.known("SETTINGS").values()).containsExactly(settings);
    }
  }

  private static String settings(Person person) {
    return person.api().get("/users/me/settings").require(200).path("findByEmail").asText();
  }

  private static Response take(Person person, String handle) {
    return person.api().patch("/users/me", Map.of("handle", handle));
  }

  private static List<String> found(Person by, String query) {
    return by.list("/users/search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).stream()
        .map(user -> user.path("id").asText())
        .toList();
  }

  /** A handle that nobody has, with both cases and an underscore in it. */
  private static String handle() {
    return "Ann_" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }
}
