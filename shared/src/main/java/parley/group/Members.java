package parley.group;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/** Reading whom somebody wants in a group. */
public final class Members {
  /** How many can be asked for at once; a group takes more by several requests. */
  public static final int MAX_AT_ONCE = 100;

  private Members() {}

  /**
   * Reads the field {@code userIds}; one who is named twice counts once.
   *
   * @throws ChatException VALIDATION_FAILED unless they are 1 to {@value #MAX_AT_ONCE}
   */
  public static Set<UserId> read(JsonObject json) {
    List<String> texts = json.strings("userIds");
    if (texts.isEmpty() || texts.size() > MAX_AT_ONCE) {
      throw ChatException.invalid("userIds must be 1 to " + MAX_AT_ONCE);
    }
    return texts.stream()
        .map(text -> new UserId(Ids.parse("userIds", text)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
