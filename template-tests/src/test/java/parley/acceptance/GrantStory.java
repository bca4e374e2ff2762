package parley.acceptance;

import java.util.function.Consumer;
import java.util.function.Predicate;
import parley.local.aws.Callers.Permission;

/**
 * A short story of two friends, to be played with all grants and with one missing.
 *
 * @param notices of which permissions that it uses it would notice the lack
 * @param plot throws if something does not go as it should
 * @param cleaning takes back what a plot left that went wrong, once nothing is missing any more
 */
record GrantStory(
    String name,
    Predicate<Permission> notices,
    Consumer<Friends> plot,
    Consumer<Friends> cleaning) {
  private static final Predicate<Permission> LOGGING =
      permission -> permission.action().startsWith("logs:");
  private static final Predicate<Permission> POSTING =
      permission -> permission.action().equals("execute-api:ManageConnections");

  /** A story that looks at what a function does; the log aside. */
  static GrantStory of(String function, String name, Consumer<Friends> plot) {
    return new GrantStory(name, LOGGING.negate().and(by(function)), plot, friends -> {});
  }

  /** A story that looks at the log of one function only. */
  static GrantStory ofLog(String function, Consumer<Friends> plot) {
    return new GrantStory(
        "a log line of " + function, LOGGING.and(by(function)), plot, friends -> {});
  }

  /** The same story, which looks at what this function does too. */
  GrantStory and(String function) {
    return new GrantStory(name, notices.or(LOGGING.negate().and(by(function))), plot, cleaning);
  }

  /** The same story, which goes well if others post to connections in place of this function. */
  GrantStory whoeverPosts() {
    return new GrantStory(name, notices.and(POSTING.negate()), plot, cleaning);
  }

  /** The same story, after which this is done too. */
  GrantStory cleanedBy(Consumer<Friends> cleaning) {
    return new GrantStory(name, notices, plot, cleaning);
  }

  private static Predicate<Permission> by(String function) {
    return permission -> permission.caller().startsWith(function);
  }
}
