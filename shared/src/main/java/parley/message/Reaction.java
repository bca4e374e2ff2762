package parley.message;

import java.util.ArrayList;
import java.util.List;

/**
 * How often people react to a message with an emoji.
 *
 * @param own whether the reader does
 */
public record Reaction(String emoji, long count, boolean own) {
  /** Reads what {@code message_reactions} writes. */
  static List<Reaction> parse(String text) {
    String[] words = text.split(" ", -1);
    List<Reaction> reactions = new ArrayList<>();
    for (int i = 0; i < words.length; i += 3) {
      reactions.add(new Reaction(words[i], Long.parseLong(words[i + 1]), words[i + 2].equals("t")));
    }
    return List.copyOf(reactions);
  }
}
