package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class ProfileChangeTest {
  @Test
  void keepsTheNameWithoutWhiteSpaceAroundIt() {
    assertThat(new ProfileChange(Optional.of("\t Ada "), false, null).name()).contains("Ada");
  }

  @Test
  void mayRemoveOrEmptyWhatOneSaysOfOneself() {
    assertThat(new ProfileChange(Optional.empty(), true, null).aboutMe()).isNull();
    assertThat(new ProfileChange(Optional.empty(), true, "").aboutMe()).isEmpty();
  }

  @Test
  void holdsTheBounds() {
    assertThat(new ProfileChange(Optional.of("a".repeat(100)), true, "😀".repeat(500))).isNotNull();
    assertInvalid(Optional.of("a".repeat(101)), null);
    assertInvalid(Optional.of(" "), null);
    assertInvalid(Optional.empty(), "a".repeat(501));
    assertInvalid(Optional.empty(), "a\0");
  }

  private static void assertInvalid(Optional<String> name, @Nullable String aboutMe) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new ProfileChange(name, true, aboutMe))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
