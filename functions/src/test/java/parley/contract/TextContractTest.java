package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.auth.Registration;
import parley.conversation.ConversationId;
import parley.group.GroupChange;
import parley.message.Draft;
import parley.message.Mentions;
import parley.platform.ChatException;
import parley.platform.json.Json;
import parley.profile.FieldChange;
import parley.profile.ProfileChange;
import parley.user.Handle;

/** Holds what a text may be against the patterns of events/openapi.yaml, for all of Unicode. */
class TextContractTest {
  private static final Contract CONTRACT = Contract.load();
  private static final FieldChange KEPT = new FieldChange(false, null);

  /** A text that clients send, with what reads it. */
  @SuppressWarnings("ImmutableEnumChecker") // Its functions keep no state.
  enum Field {
    CONTENT("Content", Field::message),
    NAME("Name", ProfileChange::requireName),
    TITLE("Title", title -> new GroupChange(Optional.of(title), false, null, Optional.empty())),
    ABOUT_ME(
        "AboutMe",
        text -> new ProfileChange(Optional.empty(), new FieldChange(true, text), KEPT, KEPT)),
    HANDLE("Handle", Handle::new),
    EMAIL("TypedEmail", email -> new Registration(email, "12345678", "A")),
    PASSWORD(
        "Registration/properties/password", password -> new Registration("a@b.c", password, "A"));

    private final Predicate<String> contract;
    private final Consumer<String> reader;

    Field(String schema, Consumer<String> reader) {
      contract = CONTRACT.texts("/components/schemas/" + schema);
      this.reader = reader;
    }

    private static void message(String content) {
      new Draft(
          new ConversationId(new UUID(0, 0)),
          content,
          Optional.empty(),
          Optional.empty(),
          new Mentions(Set.of()),
          false);
    }

    private boolean isTaken(String text) {
      try {
        reader.accept(text);
        return true;
      } catch (ChatException e) {
        return false;
      }
    }

    private void assertSame(IntStream characters, String form) {
      assertThat(
              characters
                  .filter(character -> Character.getType(character) != Character.SURROGATE)
                  .filter(
                      character -> {
                        String text = form.formatted(Character.toString(character));
                        return isTaken(text) != contract.test(text);
                      })
                  .mapToObj(Integer::toHexString))
          .as(form)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTENT", "NAME", "EMAIL"})
  void theCodeAndTheContractTakeTheSameTextsOfEachCharacter(Field field) {
    String form = field == Field.EMAIL ? "a%s@b.c" : "%s";
    field.assertSame(IntStream.rangeClosed(0, Character.MAX_CODE_POINT), form);
  }

  @ParameterizedTest
  @EnumSource
  void theCodeAndTheContractTakeTheSameTextsWithACharacter(Field field) {
    List<String> forms =
        switch (field) {
          case CONTENT, NAME, TITLE -> List.of("%s", "a%sb", "\u2067a%s\u2069");
          case ABOUT_ME -> List.of("%s", "a%sb", "\u2067a%s\u2069", "\u202e%s\u202c", " \n%s");
          case HANDLE -> List.of("%sada", "ad%sa", "ada%s");
          case PASSWORD -> List.of("%s".repeat(8).replace("%s", "%1$s"), "1234567%s");
          case EMAIL -> List.of("%sa@b.c", "a%s@b.c", "a@b%s.c", "a@b.%s", "a@b.c%s", "%s@b.c");
        };
    for (String form : forms) {
      field.assertSame(blocks().flatMapToInt(block -> block), form);
    }
  }

  /**
   * The blocks that have white space, controls or what shows nothing, and what lies around them.
   */
  private static Stream<IntStream> blocks() {
    return Stream.of(
        IntStream.range(0, 0x3400),
        IntStream.range(0xfe00, 0x10000),
        IntStream.range(0x13400, 0x13500),
        IntStream.range(0x16f00, 0x17000),
        IntStream.range(0x1bc00, 0x1bd00),
        IntStream.range(0x1d100, 0x1d200),
        IntStream.range(0xe0000, 0xe1000));
  }

  static Stream<String> directions() {
    List<String> parts = List.of("", "a", "\u202e", "\u202a", "\u202c", "\u2067", "\u2069", "\n");
    return parts.stream()
        .flatMap(a -> parts.stream().map(b -> a + b))
        .flatMap(ab -> parts.stream().map(c -> ab + "x" + c))
        .flatMap(abc -> parts.stream().map(d -> abc + d));
  }

  @ParameterizedTest
  @EnumSource(names = {"NAME", "TITLE", "ABOUT_ME"})
  void theCodeAndTheContractTakeTheSamePairsOfDirection(Field field) {
    assertThat(directions().filter(text -> field.isTaken(text) != field.contract.test(text)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void theCodeAndTheContractHaveTheSameBounds(Field field) {
    for (int length : new int[] {0, 1, 2, 3, 7, 8, 99, 100, 101, 128, 129, 500, 501, 4000, 4001}) {
      for (String text :
          List.of("a".repeat(length), " ".repeat(length), "a" + " ".repeat(length))) {
        assertThat(field.isTaken(text)).as(text).isEqualTo(field.contract.test(text));
      }
    }
    for (int length : new int[] {248, 249, 250}) {
      for (String text :
          List.of("a".repeat(length) + "@b.c", "a@b.c" + " ".repeat(length), " ".repeat(length))) {
        assertThat(field.isTaken(text)).as(text).isEqualTo(field.contract.test(text));
      }
    }
  }

  @Test
  void theQuickPredicatesSayWhatTheValidatorSays() {
    for (String text :
        List.of("", " ", "a", "a\u0000", "\u200b", "\u3164", "a\u202e", "a\n", "😀")) {
      String json = Json.write(text);
      for (Field field : List.of(Field.CONTENT, Field.NAME)) {
        String schema = field == Field.CONTENT ? "Content" : "Name";
        assertThat(CONTRACT.validate("/components/schemas/" + schema, json).isEmpty())
            .as(json)
            .isEqualTo(field.contract.test(text));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void whatIsSearchedForHasTheRuleOfContent(String path) {
    Predicate<String> query =
        CONTRACT
            .openApi()
            .path("paths")
            .path(path)
            .path("get")
            .path("parameters")
            .valueStream()
            .filter(parameter -> parameter.path("name").asText().equals("q"))
            .findFirst()
            .map(parameter -> new StringSchema(CONTRACT.openApi()).of(parameter.path("schema")))
            .orElseThrow();
    for (String text :
        List.of("", " ", "\u200b", "\u2800", "a\u0000", "a", "a\u202e", "a\n", " a ")) {
      assertThat(query.test(text)).as(text).isEqualTo(Field.CONTENT.contract.test(text));
    }
  }

  static Stream<String> queries() {
    return Stream.of("/users/search", "/messages/search");
  }
}
