package parley.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.contract.Contract;

/** Holds what is taken as an emoji against the contract's pattern, for all of Unicode. */
class EmojiContractTest {
  private static final Predicate<String> CONTRACT =
      Contract.load().texts("/components/schemas/Emoji");

  @Test
  void theCodeAndTheContractTakeTheSameEmojis() {
    assertSame(IntStream.rangeClosed(0, Character.MAX_CODE_POINT), character -> character);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\ufe0f",
        "%s\u20e3",
        "%s\ud83c\udffd\ufe0e",
        "👍%s",
        "👍\u200d%s",
        "%s\u200d👍\u200d",
        "%1$s%1$s",
        "🏴%1$s%1$s%1$s%1$s\udb40\udc7f",
        "👨‍👩‍👧‍%s",
        "👨‍👩‍👧‍👦‍%s"
      })
  void theCodeAndTheContractTakeTheSameSequences(String form) {
    // The blocks of emojis, and of what they are put together with.
    IntStream characters =
        IntStream.concat(
            IntStream.concat(IntStream.range(0, 0x500), IntStream.range(0x2000, 0x3400)),
            IntStream.concat(
                IntStream.range(0xfe00, 0xfe10),
                IntStream.concat(
                    IntStream.range(0x1f000, 0x20000), IntStream.range(0xe0000, 0xe0100))));
    assertSame(characters, form::formatted);
  }

  /** What emojis are put together from, and what they are not. */
  private static final List<String> PARTS =
      List.of(
          "👍",
          "❤",
          "🏴",
          "\ud83c\udffd",
          "\u200d",
          "\ufe0f",
          "\ufe0e",
          "\u20e3",
          "1",
          "\ud83c\uddf9",
          "\udb40\udc67",
          "\udb40\udc7f",
          "a",
          "\n");

  @Test
  void theCodeAndTheContractTakeTheSameOfAllThatFivePartsMake() {
    Stream<String> texts = Stream.of("");
    for (int length = 1; length <= 5; length++) {
      texts = texts.flatMap(text -> Stream.concat(Stream.of(""), PARTS.stream()).map(text::concat));
    }
    assertThat(texts.filter(EmojiContractTest::differs)).isEmpty();
  }

  private static void assertSame(IntStream characters, UnaryOperator<String> sequence) {
    assertThat(
            characters
                .filter(
                    character ->
                        Character.getType(character) != Character.SURROGATE
                            && differs(sequence.apply(Character.toString(character))))
                .mapToObj(Integer::toHexString))
        .isEmpty();
  }

  private static boolean differs(String text) {
    return Emoji.qualified(text).isPresent() != CONTRACT.test(text);
  }
}
