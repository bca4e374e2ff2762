package parley.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.platform.json.Json;

/**
 * What a system message tells, for programs: a {@code type} and what belongs to it. It is written
 * by the statement that makes the change and read by clients only; the contract has its forms.
 */
public record Change(Map<String, @Nullable Object> value) {
  static Change parse(String json) {
    return new Change(Json.readObject(json).fields());
  }
}
