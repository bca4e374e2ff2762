package parley.message;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/**
 * Whom a message is to mention. Two mentions are equal if they name the same users, in whatever
 * order; the order of the first is kept.
 *
 * @param users each once
 */
public record Mentions(Set<UserId> users) {
  /** How many a client may send, also if it names a user twice. */
  public static final int MAX = 20;

  static final Mentions NONE = new Mentions(Set.of());

  public Mentions {
    users = Collections.unmodifiableSet(new LinkedHashSet<>(users));
  }

  /**
   * Reads the field {@code mentions} of what a client sent, which may be missing or null.
   *
   * @throws ChatException VALIDATION_FAILED for more than {@value #MAX}, and for what is no id
   */
  static Optional<Mentions> read(JsonObject json) {
    if (json.value("mentions") == null) {
      return Optional.empty();
    }
    List<String> ids = json.strings("mentions");
    if (ids.size() > MAX) {
      throw ChatException.invalid("mentions must be " + MAX + " at most");
    }
    return Optional.of(
        new Mentions(
            ids.stream()
                .map(id -> new UserId(Ids.parse("mentions", id)))
                .collect(Collectors.toCollection(LinkedHashSet::new))));
  }

  /** Whom a stored message mentions. */
  static Mentions of(Message message) {
    return message.mentions().map(users -> new Mentions(new LinkedHashSet<>(users))).orElse(NONE);
  }

  List<UUID> ids() {
    return users.stream().map(UserId::value).toList();
  }

  /** Why a conversation of two takes no mentions. */
  static ChatException onlyInGroups() {
    return ChatException.invalid("mentions are for groups");
  }

  /** What is told of a mention of somebody who is not in the group. */
  static ChatException notInGroup() {
    return new ChatException(ErrorCode.MEMBER_NOT_FOUND, "somebody mentioned is not in this group");
  }
}
