package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigTest {
  @ParameterizedTest
  @EnumSource
  void namesTheVariableThatIsMissingOrBlank(Setting setting) {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of(setting.name(), " "))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new Config(environment).require(setting))
          .withMessageContaining(setting.name());
    }
  }

  @Test
  void givesTheValue() {
    assertThat(new Config(Map.of("DATABASE_NAME", "parley")).require(Setting.DATABASE_NAME))
        .isEqualTo("parley");
  }
}
