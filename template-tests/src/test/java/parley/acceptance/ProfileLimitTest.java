package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How often a user changes their profile and their settings in a day. */
@ExtendWith(SharedChat.class)
class ProfileLimitTest {
  private static final int IN_A_DAY = 100;

  private final Chat chat;
  private final Person ann;

  ProfileLimitTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
  }

  @Test
  void ofManyChangesAtOnceTheLastFewOfTheDayAreMade() {
    rename("First").require(200);
    count(IN_A_DAY - 3);

    List<Callable<Response>> tasks =
        IntStream.range(0, 8).<Callable<Response>>mapToObj(i -> () -> rename("Name " + i)).toList();
    List<Response> answers = Together.run(tasks);

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> answer.mustRefuse(409, "TOO_MANY_CHANGES_TODAY"));
    assertThat(ann.api().get("/users/me").require(200).path("version").asInt()).isEqualTo(1 + 3);
  }

  @Test
  void theDayBeginsWithTheFirstChange() {
    rename("First").require(200);
    count(IN_A_DAY);
    rename("Second").mustRefuse(409, "TOO_MANY_CHANGES_TODAY");

    run("update users set changes_since = changes_since - interval '1 day'");

    rename("Second").require(200);
    rename("Third").require(200);
  }

  @Test
  void changesOfTheSettingsCountToo() {
    set("readReceipts", false).require(200);
    count(IN_A_DAY - 1);
    set("presence", "NOBODY").require(200);

    set("presence", "FRIENDS").mustRefuse(409, "TOO_MANY_CHANGES_TODAY");
    set("readReceipts", true).mustRefuse(409, "TOO_MANY_CHANGES_TODAY");
    rename("Anna").mustRefuse(409, "TOO_MANY_CHANGES_TODAY");
    assertThat(ann.api().get("/users/me/settings").require(200).path("presence").asText())
        .isEqualTo("NOBODY");
  }

  @Test
  void whatIsSoAlreadyIsNoChange() {
    rename("Anna").require(200);
    set("presence", "NOBODY").require(200);
    count(IN_A_DAY);

    rename("Anna").require(200);
    set("presence", "NOBODY").require(200);
    ann.api().patch("/users/me/settings", Map.of()).require(200);
  }

  private Response rename(String name) {
    return ann.api().patch("/users/me", Map.of("name", name));
  }

  private Response set(String setting, Object value) {
    return ann.api().patch("/users/me/settings", Map.of(setting, value));
  }

  /** Lets the user have made so many changes today. */
  private void count(int changes) {
    run("update users set changes = " + changes);
  }

  private void run(String update) {
    try (Database database = chat.openDatabase()) {
      database.run(update + " where id = '%s'".formatted(ann.id()));
    }
  }
}
