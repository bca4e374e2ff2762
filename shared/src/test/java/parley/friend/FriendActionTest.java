package parley.friend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;

class FriendActionTest {
  @Test
  void readsBothActions() {
    assertThat(FriendAction.parse("ACCEPT")).isEqualTo(FriendAction.ACCEPT);
    assertThat(FriendAction.parse("REJECT")).isEqualTo(FriendAction.REJECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "accept", "ACCEPTED", "ACCEPT "})
  void refusesAnyOtherWord(String word) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> FriendAction.parse(word))
        .withMessage("action must be ACCEPT or REJECT");
  }
}
