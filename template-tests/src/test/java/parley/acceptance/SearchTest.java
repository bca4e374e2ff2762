package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searching in one's own conversations. */
@ExtendWith(SharedChat.class)
class SearchTest {
  private static final String ANOTHER = "quite another thing";

  /** Two friends whose conversation has what the examples look for. */
  private static @Nullable Friends talking;

  private final Chat chat;

  SearchTest(Chat chat) {
    this.chat = chat;
  }

  private Friends talking() {
    Friends known = talking;
    if (known == null || known.chat() != chat) {
      known = Friends.meet(chat);
      known.ben().send(known.conversation(), ANOTHER).require(201);
      talking = known;
    }
    return known;
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
          中文hello混合                          | hello
          中文hello混合                          | 文hello混
          iPhoneを買う                          | iphone
          一只猫                                | 猫
          Zulip開発環境                          | 環境 開発
          مُحَمَّد هنا                             | محمد
          محمد هناك                             | مُحَمَّد
          שָׁלוֹם לכולם                          | שלום
          בית־ספר                              | ספר
          צה״ל                                 | ל
          བཀྲ་ཤིས                               | ཤིས
          ሰላም፡ለዓለም                             | ለዓለም
          a\u1680b ogham                       | ogham a\u1680b
          Đường Łódź Straße                     | duong lodz STRASSE
          server 10.100.200.101                 | 10.100.200.101
          """)
  void itFindsWhatIsWrittenInWhateverLanguage(String content, String typed) {
    Friends friends = talking();
    friends.ben().send(friends.conversation(), content).require(201);

    assertThat(find(friends.ann(), typed)).contains(content).doesNotContain(ANOTHER);
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
    Friends friends = talking();
    friends.ben().send(friends.conversation(), content).require(201);

    assertThat(find(friends.ann(), typed)).doesNotContain(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"😀", "&|!", "<->", "':*", "\\", "''", "%", "*", "()", ":", "…"})
  void whatHasNoLetterAndNoDigitFindsNothing(String typed) {
    Friends friends = talking();
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
    Friends friends = talking();
    friends.ben().send(friends.conversation(), "all of it and nothing a").require(201);

    assertThat(find(friends.ann(), typed)).contains("all of it and nothing a");
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
    for (String letter : List.of("a", "ﷺ", "漢", "က", "ก", "😀", "a ", "́")) {
      friends
          .ben()
          .send(
              friends.conversation(),
              "x" + letter.repeat(3_999 / letter.codePointCount(0, letter.length())))
          .require(201);
    }

    assertThat(find(friends.ann(), "x漢漢漢")).hasSize(1);
    assertThat(find(friends.ann(), "xaaa")).hasSize(1);
    for (String letters : List.of("一二漢字", "กคขฃ", "ကဂခဃ", "가다나라")) {
      String last = letters.substring(2);
      String content = letters.substring(0, 1).repeat(3_998) + last;
      friends.ben().send(friends.conversation(), content).require(201);

      assertThat(find(friends.ann(), last)).containsExactly(content);
    }
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
