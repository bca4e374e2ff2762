package parley.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A line of the log as a person reads it on the console. */
final class ReadableLine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Said already, or of use to CloudWatch alone. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "_aws",
          "Stage",
          "action",
          "durationMillis",
          "fault",
          "function",
          "level",
          "outcome",
          "timestamp");

  private ReadableLine() {}

  /** A function's line of JSON in words; any other line as it is. */
  static String of(String line) {
    JsonNode fields = parse(line);
    if (!fields.has("function")) {
      return line;
    }
    StringBuilder text = new StringBuilder(fields.path("function").asText());
    append(text, " ", fields.path("action"), "");
    append(text, " ", fields.path("outcome"), "");
    append(text, " ", fields.path("durationMillis"), " ms");
    List<String> rest = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (!LEFT_OUT.contains(field.getKey())) {
        rest.add(field.getKey() + "=" + plain(field.getValue()));
      }
    }
    text.append("  ").append(String.join(" ", rest));
    for (JsonNode cause : fields.path("fault")) {
      append(text, "\n    ", cause.path("kind"), "");
      append(text, " ", cause.path("code"), "");
      cause.path("at").forEach(place -> append(text, "\n        at ", place, ""));
    }
    return text.toString();
  }

  private static JsonNode parse(String line) {
    try {
      return line.startsWith("{") ? JSON.readTree(line) : JSON.nullNode();
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }

  private static void append(StringBuilder text, String before, JsonNode value, String after) {
    if (!value.isMissingNode()) {
      text.append(before).append(plain(value)).append(after);
    }
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
