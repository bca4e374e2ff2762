package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may read what, and when: by the stories of groups, and by blocks between two. */
final class Access {
  private final Map<String, Set<String>> participants;
  private final Map<String, Story> stories;
  private final Blocks blocks;
  private final Timing timing;
  private final Versions versions;
  private final Clearings clearings;

  /** What each user read of a conversation in the end, to tell what clients cannot know. */
  private final Map<List<String>, Set<String>> readInTheEnd = new HashMap<>();

  Access(
      List<Entry> entries,
      Map<String, Set<String>> participants,
      Map<String, Story> stories,
      Blocks blocks,
      Timing timing,
      Versions versions,
      Clearings clearings) {
    this.participants = participants;
    this.stories = stories;
    this.blocks = blocks;
    this.timing = timing;
    this.versions = versions;
    this.clearings = clearings;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Walked walked) {
        Set<String> ids = new HashSet<>();
        walked.messages().forEach(message -> ids.add(message.id()));
        readInTheEnd.put(List.of(walked.user(), walked.conversation()), ids);
      }
    }
  }

  /** Whether this is a conversation of theirs, or was. */
  boolean everTookPart(String user, String conversation) {
    Story story = stories.get(conversation);
    return story == null
        ? participants.getOrDefault(conversation, Set.of()).contains(user)
        : !story.stays(user).isEmpty();
  }

  /**
   * Whether a member of the group might be shown this: while they are in it, or, live only, after
   * that, if it was sent before.
   *
   * @param asked the entry at which the reading began; -1 if it was not asked for
   * @param shown the entry at which it was shown
   */
  boolean isWithinAStay(String user, Message message, int asked, int shown) {
    Story story = stories.get(message.conversation());
    return story == null
        || story.stays(user).stream()
            .filter(stay -> stay.shows(message.seq()))
            .filter(stay -> timing.after(stay.from()) < shown)
            .anyMatch(stay -> stay.until() == null || asked < timing.by(stay.until()));
  }

  /** Whether a message between two was sent while who was to get it blocked who wrote it. */
  boolean isHidden(String user, Message message) {
    return isBetweenTwo(user, message)
        && !blocks.mayBe(false, user, message.sender(), timing.after(message), timing.by(message));
  }

  /**
   * Whether this message, which is stored, is theirs to get from one entry to another for sure. Of
   * a group that is what came after them.
   */
  boolean owes(String user, Message message, int to) {
    if (mayBeGone(user, message, to)) {
      return false;
    }
    Story story = stories.get(message.conversation());
    if (story != null) {
      return story.stays(user).stream()
          .filter(stay -> stay.covers(message.seq()))
          .anyMatch(stay -> stay.until() == null || timing.after(stay.until()) > to);
    }
    return everTookPart(user, message.conversation())
        && !(isBetweenTwo(user, message)
            && blocks.mayBe(
                true, user, message.sender(), timing.after(message), timing.by(message)));
  }

  /** Whether they may have deleted it for themselves, or cleared it away. */
  private boolean mayBeGone(String user, Message message, int to) {
    return versions.mayBeHidden(user, message, to) || clearings.mayBeCleared(user, message, to);
  }

  /** Whether they may have seen it at some time from one entry to another. */
  boolean maySee(String user, Message message, int from, int to) {
    return everTookPart(user, message.conversation())
        && isWithinAStay(user, message, from, to)
        && !isHidden(user, message)
        && !versions.isHidden(user, message, from)
        && !clearings.isCleared(user, message, from);
  }

  /** Whether they may read it in the end. */
  boolean reads(String user, Message message) {
    Story story = stories.get(message.conversation());
    boolean may =
        story == null
            ? everTookPart(user, message.conversation()) && !isHidden(user, message)
            : story.stays(user).stream()
                .anyMatch(stay -> stay.until() == null && stay.shows(message.seq()));
    boolean certain =
        story == null
            ? owes(user, message, Integer.MAX_VALUE)
            : !mayBeGone(user, message, Integer.MAX_VALUE);
    return may
        && !clearings.isCleared(user, message, Integer.MAX_VALUE)
        && (certain
            || readInTheEnd
                .getOrDefault(List.of(user, message.conversation()), Set.of())
                .contains(message.id()));
  }

  /**
   * Whether somebody has changed this version of a message between two only while the other one
   * blocked them.
   */
  boolean isChangedWhileBlocked(String user, Message message) {
    List<Request> attempts = versions.of(message);
    return isBetweenTwo(user, message)
        && !attempts.isEmpty()
        && attempts.stream()
            .noneMatch(
                attempt ->
                    blocks.mayBe(false, user, message.sender(), attempt.begun(), attempt.ended()));
  }

  /**
   * Whether this user may keep an older version of a message than its sender has: somebody whom
   * they may have blocked at that time has changed it.
   */
  boolean mayKeep(String user, Message message) {
    return versions.attempts(message).stream()
        .anyMatch(attempt -> !reaches(user, message, attempt));
  }

  /**
   * Whether a change that this user sees was answered before an entry, and came after whatever may
   * have given the message this version.
   */
  boolean isOutdated(String user, Message version, int at) {
    return versions.isOutdated(version, at, attempt -> reaches(user, version, attempt));
  }

  /**
   * Whether the user sees a change for sure: they did not block who made it, nor when the same was
   * asked for before, for then this changed nothing.
   */
  private boolean reaches(String user, Message message, Request attempt) {
    int begun =
        versions.attempts(message).stream()
            .filter(other -> other.change().equals(attempt.change()))
            .mapToInt(Request::begun)
            .min()
            .orElseThrow();
    return !isBetweenTwo(user, message)
        || !blocks.mayBe(true, user, message.sender(), begun, attempt.ended());
  }

  private boolean isBetweenTwo(String user, Message message) {
    return !stories.containsKey(message.conversation()) && !message.sender().equals(user);
  }
}
