package parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private enum Colour {
    RED
  }

  private record Id(UUID value) {}

  private record Thing(
      Id id, String name, @Nullable String note, Optional<String> tag, Colour colour) {}

  private static final UUID SOME = UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d");

  @Test
  void writesARecordAsAnObjectInTheOrderOfItsComponents() {
    assertThat(Json.write(new Thing(new Id(SOME), "n", null, Optional.of("t"), Colour.RED)))
        .isEqualTo(
            "{\"id\":\"01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d\",\"name\":\"n\",\"note\":null,"
                + "\"tag\":\"t\",\"colour\":\"RED\"}");
  }

  @Test
  void leavesAnEmptyOptionalOutButWritesNull() {
    assertThat(Json.write(new Thing(new Id(SOME), "n", null, Optional.empty(), Colour.RED)))
        .contains("\"note\":null")
        .doesNotContain("tag");
  }

  @Test
  void writesTimesInUtcWithMilliseconds() {
    assertThat(Json.write(Instant.parse("2026-11-22T10:15:30Z")))
        .isEqualTo("\"2026-11-22T10:15:30.000Z\"");
    assertThat(Json.write(Instant.parse("2026-11-22T10:15:30.123456789Z")))
        .isEqualTo("\"2026-11-22T10:15:30.123Z\"");
  }

  @Test
  void writesCollectionsMapsAndPlainValues() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("list", Arrays.asList(1, 2L, 2.5, true, null));
    map.put("text", "é\n\"😀");
    assertThat(Json.write(map)).isEqualTo("{\"list\":[1,2,2.5,true,null],\"text\":\"é\\n\\\"😀\"}");
  }

  @Test
  void readsBackWhatItWrote() {
    String hard = "\u0001\t\\\"/\u2028\u007f</script>😀";
    assertThat(Json.read(Json.write(hard))).isEqualTo(hard);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.write(new Object()));
  }
}
