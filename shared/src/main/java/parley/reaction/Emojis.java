package parley.reaction;

import java.util.List;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;

/**
 * The set of emojis that a user reacts to a message with: up to {@value #MAX}, each in its fully
 * qualified form, so that an emoji is in it once however a client spells it.
 */
public record Emojis(List<String> value) {
  private static final int MAX = 5;

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public Emojis {
    if (value.size() > MAX) {
      throw ChatException.invalid("emojis must be " + MAX + " at most");
    }
    value = value.stream().map(Emojis::qualified).distinct().toList();
  }

  /** Reads what a client sent. */
  public static Emojis read(JsonObject json) {
    return new Emojis(json.strings("emojis"));
  }

  /** With a space between them: no emoji has one. */
  String joined() {
    return String.join(" ", value);
  }

  private static String qualified(String text) {
    return Emoji.qualified(text)
        .orElseThrow(() -> ChatException.invalid("emojis must be emojis, each one character"));
  }
}
