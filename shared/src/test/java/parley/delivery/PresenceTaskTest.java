package parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.json.Json;
import parley.user.UserId;

class PresenceTaskTest {
  @Test
  void itNamesTheUsersWhosePresenceIsToBeTold() {
    UUID user = UUID.randomUUID();

    assertThat(PresenceTask.read(Json.readObject("{\"users\": [\"%s\"]}".formatted(user))))
        .isEqualTo(new PresenceTask(List.of(new UserId(user))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"users\": \"all\"}", "{\"users\": null}"})
  void oneWithoutUsersIsRefused(String presence) {
    assertThatThrownBy(() -> PresenceTask.read(Json.readObject(presence)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
