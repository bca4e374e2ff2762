package parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher(new SecureRandom());

  @Test
  void aHashIsInThePhcFormWithItsCosts() {
    // A salt of 16 bytes and a hash of 32, in Base64 without padding.
    assertThat(hasher.hash("correct horse"))
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  @Test
  void onlyTheRightPasswordMatches() {
    String hash = hasher.hash("correct horse");
    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("correct horse ", hash)).isFalse();
    assertThat(hasher.matches("Correct horse", hash)).isFalse();
    assertThat(hasher.matches("", hash)).isFalse();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    assertThat(hasher.hash("correct horse")).isNotEqualTo(hasher.hash("correct horse"));
  }

  @Test
  void everyCharacterOfALongPasswordCounts() {
    String hash = hasher.hash("é".repeat(127) + "a");
    assertThat(hasher.matches("é".repeat(127) + "b", hash)).isFalse();
  }

  @Test
  void isThatOfTheReferenceImplementation() {
    // Made by: printf password | argon2 somesalt01234567 -id -t 2 -k 19456 -p 1 -l 32 -e
    String reference =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQwMTIzNDU2Nw"
            + "$R66indAPvvbGnyLR7rZk80UY+cWGifuktjTMSameUiA";
    assertThat(hasher.matches("password", reference)).isTrue();
  }

  @Test
  void refusesAHashOfOtherCosts() {
    assertThatIllegalStateException()
        .isThrownBy(() -> hasher.matches("x", "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"));
  }
}
