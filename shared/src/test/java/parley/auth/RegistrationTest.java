package parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class RegistrationTest {
  private static final String EMAIL = "ada@example.com";
  private static final String PASSWORD = "correct horse";

  @Test
  void keepsTheEmailInLowerCaseAndNoWhiteSpaceAroundItOrTheName() {
    Registration registration = new Registration(" Ada@Example.COM ", PASSWORD, " Ada ");
    assertThat(registration).isEqualTo(new Registration(EMAIL, PASSWORD, "Ada"));
    assertThat(registration.email()).isEqualTo(EMAIL);
    assertThat(registration.name()).isEqualTo("Ada");
  }

  @Test
  void keepsThePasswordAsItIs() {
    assertThat(new Registration(EMAIL, " Pass word ", "Ada").password()).isEqualTo(" Pass word ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@example",
        "ada@.com",
        "ada@example..com",
        "ada@example.com.",
        "a b@example.com",
        "ada@exa mple.com",
        "ada@@example.com",
        "ada@example.com\0",
        "ada\n@example.com",
        "a\ud83d@example.com"
      })
  void refusesWhatIsNoEmail(String email) {
    assertInvalid(email, PASSWORD, "Ada", "email");
  }

  @Test
  void holdsTheBoundsOfTheEmail() {
    String domain = "@example.com";
    String longest = "a".repeat(254 - domain.length()) + domain;
    assertThat(new Registration(longest, PASSWORD, "Ada").email()).hasSize(254);
    assertInvalid("a" + longest, PASSWORD, "Ada", "email");
    // In lower case this letter is two characters.
    assertInvalid("\u0130" + longest.substring(1), PASSWORD, "Ada", "email");
  }

  @Test
  void refusesALongEmailAtOnce() {
    assertInvalid("a@" + "a.".repeat(30_000), PASSWORD, "Ada", "email");
    assertInvalid("@".repeat(60_000), PASSWORD, "Ada", "email");
  }

  @Test
  void holdsTheBoundsOfThePassword() {
    assertThat(new Registration(EMAIL, "12345678", "Ada")).isNotNull();
    assertThat(new Registration(EMAIL, "😀".repeat(128), "Ada")).isNotNull();
    assertInvalid(EMAIL, "1234567", "Ada", "password");
    assertInvalid(EMAIL, "a".repeat(129), "Ada", "password");
    assertInvalid(EMAIL, " ".repeat(8), "Ada", "password");
    assertInvalid(EMAIL, "1234567\0", "Ada", "password");
  }

  @Test
  void holdsTheBoundsOfTheName() {
    assertThat(new Registration(EMAIL, PASSWORD, "a".repeat(100))).isNotNull();
    assertInvalid(EMAIL, PASSWORD, "a".repeat(101), "name");
    assertInvalid(EMAIL, PASSWORD, " ", "name");
  }

  @Test
  void showsNothingOfItselfInLogs() {
    assertThat(new Registration(EMAIL, PASSWORD, "Ada").toString())
        .doesNotContain(EMAIL, PASSWORD, "Ada");
    assertThat(new Tokens("secret", "secret").toString()).doesNotContain("secret");
  }

  private static void assertInvalid(String email, String password, String name, String field) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new Registration(email, password, name))
        .withMessageStartingWith(field + " must ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
