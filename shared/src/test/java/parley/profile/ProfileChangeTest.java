package parley.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.JsonObject;

class ProfileChangeTest {
  @Test
  void keepsTheNameWithoutWhiteSpaceAroundIt() {
    assertThat(change("name", "\t Ada ").name()).contains("Ada");
  }

  @Test
  void tellsWhatIsLeftOutFromWhatIsRemoved() {
    ProfileChange change = change("aboutMe", null);
    assertThat(change.aboutMe()).isEqualTo(new FieldChange(true, null));
    assertThat(change.handle()).isEqualTo(new FieldChange(false, null));
    assertThat(change("aboutMe", "").aboutMe()).isEqualTo(new FieldChange(true, ""));
  }

  @Test
  void holdsTheBounds() {
    assertThat(change("name", "a".repeat(100))).isNotNull();
    assertThat(change("aboutMe", "😀".repeat(500))).isNotNull();
    assertThat(change("profileImage", "a".repeat(1024))).isNotNull();
    assertThat(change("handle", "a" + "_".repeat(29))).isNotNull();
    assertInvalid("name", "a".repeat(101));
    assertInvalid("name", " ");
    assertInvalid("aboutMe", "a".repeat(501));
    assertInvalid("aboutMe", "a\0");
    assertInvalid("profileImage", "a".repeat(1025));
    assertInvalid("handle", "a".repeat(31));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "1ab", "_ab", "a b", "a.b", "@ada", "adá", "ada\n", "аda"})
  void aHandleIsPlainLettersDigitsAndUnderscores(String handle) {
    assertInvalid("handle", handle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "http://example.org/a.png",
        "//example.org/a.png",
        "/etc/passwd",
        "../a.png",
        "https://",
        "https://example.org/a b.png",
        "https://example.org/a\n.png"
      })
  void aPictureIsAnHttpsAddressOrAKey(String reference) {
    assertInvalid("profileImage", reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.org/a.png?w=1#x", "images/2026/a_b-c.png", "7f1e0f9c"})
  void aPictureIsKeptAsItIsWritten(String reference) {
    assertThat(change("profileImage", reference).profileImage().value()).isEqualTo(reference);
  }

  private static ProfileChange change(String field, @Nullable String value) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put(field, value);
    return ProfileChange.read(new JsonObject(fields));
  }

  private static void assertInvalid(String field, String value) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> change(field, value))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
