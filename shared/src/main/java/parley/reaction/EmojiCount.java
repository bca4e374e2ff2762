package parley.reaction;

import java.util.ArrayList;
import java.util.List;

/** How often people react to a message with an emoji. */
public record EmojiCount(String emoji, long count) {
  /** Reads emojis and counts with a space between each. */
  static List<EmojiCount> parse(String text) {
    String[] words = text.split(" ", -1);
    List<EmojiCount> counts = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      counts.add(new EmojiCount(words[i], Long.parseLong(words[i + 1])));
    }
    return List.copyOf(counts);
  }
}
