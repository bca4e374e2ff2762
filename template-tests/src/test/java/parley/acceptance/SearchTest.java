package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searching in one's own conversations. */
@ExtendWith(SharedChat.class)
class SearchTest {
  private final Chat chat;

  SearchTest(Chat chat) {
    this.chat = chat;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Hello, Ada!                          | hello
          Hello, Ada!                          | ADA hel
          Hello, Ada!                          | hello ada
          İstanbul'da IŞIK var                 | istanbul
          İstanbul'da IŞIK var                 | İSTANBUL
          İstanbul'da IŞIK var                 | ışık
          İstanbul'da IŞIK var                 | isik
          istanbulda ısı                       | İSİ
          Çok güzel, teşekkürler               | COK GUZEL
          Crème brûlée                         | creme BRULEE
          今日は東京大学に行きました                | 東京
          今日は東京大学に行きました                | 大学 東京
          我喜欢北京烤鸭                          | 北京烤鸭
          ラーメンを食べた                        | ラーメン
          半角ｶﾅです                             | カナ
          안녕하세요 여러분                        | 안녕
          สวัสดีครับ                             | สวัสดี
          Привет, мир                          | ПРИВ
          Γειά σου Κόσμε ΟΔΟΣ                  | οδός
          שלום עולם                            | שלום
          नमस्ते दुनिया                            | नमस्ते
          see https://example.org/a-b/c?d=e1 ok | example
          see https://example.org/a-b/c?d=e1 ok | https://example.org/a-b/c?d=e1
          see https://example.org/a-b/c?d=e1 ok | example.org/a-b
          ﬁne print ＡＢＣ                       | fine abc
          version 1.2.3                        | 1.2
          C:\\Users\\ada                         | users\\ada
          it's a 'quoted' "word"               | 'quoted' "word"
          """)
  void itFindsWhatIsWrittenInWhateverLanguage(String content, String typed) {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "quite another thing").require(201);
    friends.ben().send(friends.conversation(), content).require(201);

    assertThat(find(friends.ann(), typed)).containsExactly(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Hello, Ada           | ello
          Hello, Ada           | hello ben
          今日は東京に行く        | 京東
          大きな学校            | 大学
          one & two            | one & three
          !hello               | world
          """)
  void itFindsNothingElse(String content, String typed) {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), content).require(201);

    assertThat(find(friends.ann(), typed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"😀", "&|!", "<->", "':*", "\\", "''", "%", "*", "()", ":", "\u200d", "…"})
  void whatHasNoLetterAndNoDigitFindsNothing(String typed) {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "😀 &|! <-> ':* \\ % * () … all of it").require(201);

    assertThat(find(friends.ann(), typed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all | nothing",
        "all & of",
        "!all of",
        "all:* <-> of",
        "(all",
        "all) -- of",
        "'all' \\ of",
        "all':A of",
        "ALL AND of"
      })
  void whatLooksLikeSyntaxIsNone(String typed) {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "all of it and nothing a").require(201);

    assertThat(find(friends.ann(), typed)).hasSize(1);
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
  void pagesFollowEachOtherWithoutAGapOrARepeatAlsoWhileOthersWrite() {
    Friends friends = Friends.meet(chat);
    for (int i = 0; i < 7; i++) {
      friends.ben().send(friends.conversation(), "fish " + i).require(201);
    }
    List<String> found = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 4; page++) {
      var messages = friends.ann().list(path("fish") + "&limit=2" + cursor);
      messages.forEach(message -> found.add(message.path("content").asText()));
      cursor = "&cursor=" + messages.getLast().path("id").asText();
      friends.ben().send(friends.conversation(), "fish that comes later").require(201);
    }

    assertThat(found)
        .containsExactly("fish 6", "fish 5", "fish 4", "fish 3", "fish 2", "fish 1", "fish 0");
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
    List<String> paged = new ArrayList<>();
    String cursor = "";
    while (paged.size() < whole.size()) {
      List<String> page = ids(friends.ann().list(search + "&limit=3" + cursor));
      assertThat(page).isNotEmpty();
      paged.addAll(page);
      cursor = "&cursor=" + page.getLast();
    }

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
    assertThat(ids(friends.ann().list(search + "&cursor=" + whole.getLast()))).isEmpty();
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(message -> message.path("id").asText()).toList();
  }

  @Test
  void onlyWhatOneSeesIsFound() {
    Team team = Team.meet(chat);
    Person mallory = Person.register(chat, "Mallory");
    team.ann().send(team.id(), "secret plan").require(201);
    String deleted = team.ann().sent(team.id(), "secret that is deleted");
    String edited = team.ann().sent(team.id(), "draft");
    team.ann().api().delete("/messages/" + deleted).require(200);
    team.ann().api().patch("/messages/" + edited, Map.of("content", "secret now")).require(200);
    String mine = path("secret") + "&conversationId=" + team.id();

    assertThat(find(team.ben(), "secret")).containsExactlyInAnyOrder("secret plan", "secret now");
    assertThat(team.ben().list(mine)).hasSize(2);
    assertThat(find(team.ben(), "draft")).isEmpty();
    assertThat(find(team.ben(), "Team")).as("system messages").isEmpty();
    assertThat(find(mallory, "secret")).isEmpty();
    mallory.api().get(mine).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    team.leave(team.ben()).requireDone();
    assertThat(find(team.ben(), "secret")).isEmpty();
    team.cem().api().delete("/conversations/" + team.id() + "/messages").require(200);
    assertThat(find(team.cem(), "secret")).as("cleared").isEmpty();
  }

  @Test
  void aBlockedPersonsHiddenWordsAreNotFound() {
    Friends friends = Friends.meet(chat);
    friends.ann().block(friends.ben()).require(200);
    friends.ben().send(friends.conversation(), "hidden").require(201);

    assertThat(find(friends.ann(), "hidden")).isEmpty();
    assertThat(find(friends.ben(), "hidden")).containsExactly("hidden");
  }

  @Test
  void whatABlockedPersonEditedIsFoundByTheWordsThatEachOfTheTwoSees() {
    Friends friends = Friends.meet(chat);
    String message = friends.ben().sent(friends.conversation(), "old words");
    friends.ann().block(friends.ben()).require(200);
    friends.ben().edit(message, "new words").require(200);

    assertThat(find(friends.ann(), "words")).containsExactly("old words");
    assertThat(find(friends.ann(), "new")).isEmpty();
    assertThat(find(friends.ben(), "words")).containsExactly("new words");
    assertThat(find(friends.ben(), "old")).isEmpty();
  }

  @Test
  void aSearchAgainstTheRulesIsRefused() {
    Friends friends = Friends.meet(chat);
    Api api = friends.ann().api();
    api.get("/messages/search").mustRefuse(400, "VALIDATION_FAILED");
    for (String typed : List.of("", "  ", "\u0000", "a".repeat(201))) {
      api.get(path(typed)).mustRefuse(400, "VALIDATION_FAILED");
    }
    assertThat(find(friends.ann(), "ﷺ".repeat(200))).isEmpty();
    for (String more : List.of("&limit=0", "&limit=31", "&conversationId=x")) {
      api.get(path("a") + more).mustRefuse(400, "VALIDATION_FAILED");
    }
    api.get(path("a") + "&cursor=" + UUID.randomUUID()).mustRefuse(400, "INVALID_CURSOR");
    api.get(path("a") + "&conversationId=" + UUID.randomUUID())
        .mustRefuse(404, "CONVERSATION_NOT_FOUND");
  }

  @Test
  void theLongestMessagesOfWhateverLettersAreStoredAndFound() {
    Friends friends = Friends.meet(chat);
    for (String letter : List.of("a", "ﷺ", "漢", "😀", "a ", "́")) {
      friends
          .ben()
          .send(
              friends.conversation(),
              "x" + letter.repeat(3_999 / letter.codePointCount(0, letter.length())))
          .require(201);
    }

    assertThat(find(friends.ann(), "x漢漢漢")).hasSize(1);
    assertThat(find(friends.ann(), "xaaa")).hasSize(1);
  }

  private static List<String> find(Person person, String typed) {
    return person.list(path(typed)).stream()
        .map(message -> message.path("content").asText())
        .toList();
  }

  private static String path(String typed) {
    return "/messages/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
  }
}
