package parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The schemas of texts as quick predicates, to hold millions of texts against them. */
final class StringSchema {
  private final JsonNode document;

  StringSchema(JsonNode document) {
    this.document = document;
  }

  /** Whether a text fits the schema at a JSON pointer: its lengths and all its patterns. */
  Predicate<String> at(String pointer) {
    return of(document.at(pointer));
  }

  /** Whether a text fits a schema. */
  Predicate<String> of(JsonNode schema) {
    if (schema.isMissingNode()) {
      throw new IllegalArgumentException("there is no such schema");
    }
    List<Predicate<String>> rules = new ArrayList<>();
    if (schema.has("$ref")) {
      rules.add(at(schema.path("$ref").asText().substring(1)));
    }
    if (schema.has("pattern")) {
      Pattern pattern = pattern(schema.path("pattern").asText());
      rules.add(text -> pattern.matcher(text).find());
    }
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    rules.add(text -> isWithin(text.codePointCount(0, text.length()), least, most));
    schema.path("allOf").forEach(part -> rules.add(of(part)));
    schema.path("anyOf").valueStream().map(this::of).reduce(Predicate::or).ifPresent(rules::add);
    return rules.stream().reduce(Predicate::and).orElseThrow();
  }

  /** In ECMA-262 {@code $} is the end, in Java also before a line break there. */
  static Pattern pattern(String ecma) {
    return Pattern.compile(ecma.replaceAll("(?<!\\\\)\\$$|(?<!\\\\)\\$(?=\\|)", "\\\\z"));
  }

  private static boolean isWithin(int length, int least, int most) {
    return length >= least && length <= most;
  }
}
