package parley.message;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.platform.json.Json;
import parley.user.UserId;

/**
 * What a system message tells, for programs: a {@code type} and what belongs to it. It is written
 * by the statement that makes the change and read by clients only; the contract has its forms.
 */
public record Change(Map<String, @Nullable Object> value) {
  static Change parse(String json) {
    return new Change(Json.readObject(json).fields());
  }

  /** What kind of change it is, as the contract names it. */
  public String type() {
    return String.valueOf(value.get("type"));
  }

  /** Whom it is about besides who made it; nobody in some. */
  public List<UserId> users() {
    return value.get("userIds") instanceof List<?> ids
        ? ids.stream().map(id -> new UserId(UUID.fromString(String.valueOf(id)))).toList()
        : List.of();
  }
}
