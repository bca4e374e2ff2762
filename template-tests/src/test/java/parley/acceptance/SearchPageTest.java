package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of what a search finds, and its pages. */
@ExtendWith(SharedChat.class)
class SearchPageTest {
  private final Chat chat;

  SearchPageTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void theBestFittingComesFirstAndOfTwoThatFitAsWellTheNewer() {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "red one two three four five six fish").require(201);
    friends.ben().send(friends.conversation(), "red fish").require(201);
    friends.ben().send(friends.conversation(), "fish red").require(201);

    assertThat(find(friends.ann(), "red fish"))
        .containsExactly("fish red", "red fish", "red one two three four five six fish");
  }

  @Test
  void pagesFollowEachOtherWithoutAGapOrARepeatWhileOthersWrite() {
    Friends friends = Friends.meet(chat);
    for (int i = 0; i < 7; i++) {
      friends.ben().send(friends.conversation(), "fish " + i).require(201);
    }
    List<String> found =
        pages(
            friends.ann(),
            path("fish") + "&limit=2",
            _ -> friends.ben().send(friends.conversation(), "fish that comes later").require(201));

    assertThat(found)
        .containsExactly("fish 6", "fish 5", "fish 4", "fish 3", "fish 2", "fish 1", "fish 0");
  }

  /** Of eight messages in four pages, one is changed after each of the first two pages. */
  @ParameterizedTest
  @CsvSource({
    "fish, hide, 7 6 5 4 3 2 0",
    "fish, delete, 7 6 5 4 3 2 0",
    "fish, edit to match better, 7 6 5 4 3 2 1 0",
    "fish, edit to match no more, 7 6 5 4 3 2 0",
    "red fish, hide, 7 6 5 4 3 2 0",
    "red fish, delete, 7 6 5 4 3 2 0",
    "red fish, edit to match better, 7 6 5 4 3 2 1 0",
    "red fish, edit to match no more, 7 6 5 4 3 2 0"
  })
  void whatChangesBetweenTwoPagesSkipsNothingAndRepeatsNothing(
      String typed, String change, String numbers) {
    Friends friends = Friends.meet(chat);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // The later ones have their words closer together and match better.
      ids.add(
          friends.ann().sent(friends.conversation(), "red " + "one ".repeat(8 - i) + "fish " + i));
    }

    List<String> found =
        pages(
            friends.ann(),
            path(typed) + "&limit=2",
            page -> {
              // The message at which the first page ended, then one that was shown and one that was
              // not.
              if (page == 1) {
                change(friends.ann(), ids, 6, change);
              } else if (page == 2) {
                change(friends.ann(), ids, 7, change);
                change(friends.ann(), ids, 1, change);
              }
            });

    assertThat(found.stream().map(content -> content.replaceAll("[^0-9]", "")).toList())
        .isEqualTo(List.of(numbers.split(" ")));
  }

  private static void change(Person person, List<String> ids, int number, String change) {
    String id = ids.get(number);
    switch (change) {
      case "hide" -> person.deleteForMe(id).require(200);
      case "delete" -> person.delete(id).require(200);
      case "edit to match better" -> person.edit(id, "red fish " + number).require(200);
      default -> person.edit(id, "meat " + number).require(200);
    }
  }

  @Test
  void afterTheBestMatchesTheOthersComeNewestFirst() {
    Friends friends = Friends.meet(chat);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      expected.addFirst(friends.ann().sent(friends.conversation(), "red fish"));
    }
    String farApart = friends.ann().sent(friends.conversation(), "red one two fish");
    String farther = friends.ann().sent(friends.conversation(), "red one two three fish");
    // 30 best matches, then by age: the two that match worse are newer than the 31st.
    expected.addAll(30, List.of(farther, farApart));

    assertThat(ids(friends.ann().all(path("red fish") + "&limit=8"))).isEqualTo(expected);
    assertThat(ids(friends.ann().all(path("red fish") + "&limit=30"))).isEqualTo(expected);
  }

  @Test
  void aCursorIsGoodForItsOwnSearchOnly() {
    Friends friends = Friends.meet(chat);
    String id = friends.ann().sent(friends.conversation(), "red fish");
    friends.ann().send(friends.conversation(), "red fish").require(201);
    Api api = friends.ann().api();
    String cursor = api.get(path("red fish") + "&limit=1").next().orElseThrow();

    assertThat(ids(friends.ann().list(path("red fish") + cursor))).containsExactly(id);
    for (String other :
        List.of(path("red"), path("red fish") + "&conversationId=" + friends.conversation())) {
      api.get(other + cursor).mustRefuse(400, "INVALID_CURSOR");
    }
    api.get(path("red fish") + "&cursor=" + id).mustRefuse(400, "INVALID_CURSOR");
  }

  @Test
  void pagesGoByRankAndThenByAgeInWhateverScript() {
    Friends friends = Friends.meet(chat);
    List<String> contents =
        List.of(
            "ışık 東京 arada bir çok sözcük daha var İSTANBUL",
            "IŞIK 東京 istanbul",
            "Istanbul uzak, uzak, çok uzak bir 東京 ve ışık",
            "istanbul ışık 東京",
            "ISTANBUL 東京 isik");
    for (int i = 0; i < 2; i++) {
      contents.forEach(content -> friends.ben().send(friends.conversation(), content).require(201));
    }
    String search = path("İstanbul Işık 東京");
    List<String> whole = ids(friends.ann().list(search));
    List<String> paged = ids(friends.ann().all(search + "&limit=3"));

    assertThat(whole).hasSize(10).doesNotHaveDuplicates();
    assertThat(paged).isEqualTo(whole);
    assertThat(find(friends.ann(), "İstanbul Işık 東京").subList(0, 6))
        .as("those whose words stand close together, the newest first")
        .containsExactly(
            "ISTANBUL 東京 isik",
            "istanbul ışık 東京",
            "IŞIK 東京 istanbul",
            "ISTANBUL 東京 isik",
            "istanbul ışık 東京",
            "IŞIK 東京 istanbul");
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(message -> message.path("id").asText()).toList();
  }

  /** The contents of all pages; {@code between} is told the number of each page but the last. */
  private static List<String> pages(Person person, String path, IntConsumer between) {
    List<String> contents = new ArrayList<>();
    Optional<String> next = Optional.of("");
    for (int page = 1; next.isPresent(); page++) {
      Response response = person.api().get(path + next.get());
      contents.addAll(contents(Json.items(response.require(200))));
      next = response.next();
      if (next.isPresent()) {
        between.accept(page);
      }
    }
    return contents;
  }

  private static List<String> contents(List<JsonNode> messages) {
    return messages.stream().map(message -> message.path("content").asText()).toList();
  }

  private static List<String> find(Person person, String typed) {
    return contents(person.list(path(typed)));
  }

  private static String path(String typed) {
    return "/messages/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
  }
}
