package parley.platform.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class PageRequestTest {
  private static final Listing LISTING = new Listing("things", 2, 4);
  private static final UUID ID = UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d");
  private static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123Z");

  private static Page<String> page(PageStart start, String... rows) {
    return start.page(
        List.of(rows), Function.identity(), row -> List.of(row, ID, TIME, Long.MAX_VALUE, 7));
  }

  private static PageStart start(Optional<String> cursor) {
    return new PageRequest(cursor, Optional.empty()).of(LISTING);
  }

  @Test
  void aPageHasWhatIsUsualUnlessTheClientSaysOtherwise() {
    assertThat(start(Optional.empty()).rows()).isEqualTo(3);
    assertThat(new PageRequest(Optional.empty(), Optional.of(4)).of(LISTING).rows()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 5, Integer.MAX_VALUE})
  void aPageOfAnotherLengthIsRefused(int limit) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new PageRequest(Optional.empty(), Optional.of(limit)).of(LISTING))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }

  @Test
  void thereIsANextPageIfThereIsOneRowMore() {
    assertThat(page(start(Optional.empty()))).isEqualTo(new Page<>(List.of(), Optional.empty()));
    assertThat(page(start(Optional.empty()), "a", "b").next()).isEmpty();
    Page<String> page = page(start(Optional.empty()), "a", "b", "c");
    assertThat(page.items()).containsExactly("a", "b");
    assertThat(page.next()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ü🙂\"\\'\u0001", "\uffff"})
  void aPageBeginsBehindTheLastThingOfThePageBefore(String text) {
    Page<String> before = page(start(Optional.empty()), "a", text, "c");

    PageStart start = start(before.next());

    assertThat(before.next().orElseThrow()).matches("[A-Za-z0-9_-]+");
    assertThat(start.isFirst()).isFalse();
    assertThat(start.text(0)).isEqualTo(text);
    assertThat(start.id(1)).isEqualTo(ID);
    assertThat(start.time(2)).isEqualTo(TIME);
    assertThat(start.number(3)).isEqualTo(Long.MAX_VALUE);
    assertThat(start.number(4)).isEqualTo(7);
  }

  @Test
  void theFirstPageBeginsNowhere() {
    PageStart start = start(Optional.empty());

    assertThat(start.isFirst()).isTrue();
    assertThat(start.text(0)).isNull();
    assertThat(start.id(1)).isNull();
    assertThat(start.time(2)).isEqualTo(Instant.EPOCH);
    assertThat(start.number(3)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "\"things\"",
        "[\"other\"]",
        "[\"things\", 1]",
        "[\"things\", null]",
        "[\"things\", [\"a\"]]",
        "[\"things\", \"\\u0000\"]",
        "[\"things\", \"\\ud800\"]",
        "[\"things\"] x",
        "[\"things\"",
      })
  void whatWasNeverACursorIsRefused(String json) {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    mustBeRefused(() -> start(Optional.of(text)));
    mustBeRefused(() -> start(Optional.of(json)));
    mustBeRefused(() -> start(Optional.of("é" + text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.0", "9223372036854775808", "253402300800000"})
  void aValueThatIsNotWhatTheListIsSortedByIsRefused(String value) {
    PageStart start = start(page(start(Optional.empty()), "a", value, "c").next());

    mustBeRefused(() -> start.id(0));
    mustBeRefused(() -> start.time(0));
    mustBeRefused(() -> start.text(5));
    mustBeRefused(() -> start.number(5));
  }

  @Test
  void aListCannotBeSortedByAValueThatACursorDoesNotHold() {
    PageStart start = start(Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> start.page(List.of(1, 2, 3), Function.identity(), row -> List.of(row / 2.0)))
        .withMessageContaining("Double");
  }

  private static void mustBeRefused(ThrowingCallable action) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CURSOR));
  }
}
