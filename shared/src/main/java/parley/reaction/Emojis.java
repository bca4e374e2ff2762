package parley.reaction;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import parley.platform.ChatException;
import parley.platform.Text;
import parley.platform.json.JsonObject;

/**
 * What somebody reacts to a message with: up to {@value #MAX} different emojis. An emoji is one
 * character as people see it, in 40 bytes of UTF-8 at most: the longest that Unicode has, a kiss of
 * two with their colours of skin, takes 35.
 */
public record Emojis(List<String> value) {
  private static final int MAX = 5;
  private static final int MAX_BYTES = 40;
  private static final int KEYCAP = 0x20E3;
  private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public Emojis {
    if (value.size() > MAX || new HashSet<>(value).size() < value.size()) {
      throw ChatException.invalid("emojis must be " + MAX + " different ones at most");
    }
    if (!value.stream().allMatch(Emojis::isEmoji)) {
      throw ChatException.invalid("emojis must be emojis, each one character");
    }
    value = List.copyOf(value);
  }

  /** Reads what a client sent. */
  public static Emojis read(JsonObject json) {
    return new Emojis(json.strings("emojis"));
  }

  /** With a space between them: no emoji has one. */
  String joined() {
    return String.join(" ", value);
  }

  private static boolean isEmoji(String text) {
    return text.length() <= MAX_BYTES
        && Text.isStorable(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
        && ONE_CHARACTER.matcher(text).matches()
        && text.codePoints().anyMatch(Emojis::makesAnEmoji)
        && text.codePoints().noneMatch(Character::isWhitespace);
  }

  /** Digits are emojis too, by the letter of Unicode. */
  private static boolean makesAnEmoji(int character) {
    return character == KEYCAP || (character > '9' && Character.isEmoji(character));
  }
}
