package parley.profile;

/**
 * What a user decided for themselves; nobody else sees it.
 *
 * @param readReceipts whether others are shown how far this user has read, and this user how far
 *     others have
 */
public record Settings(
    FindByEmail findByEmail, boolean readReceipts, Presence presence, AddToGroups addToGroups) {
  /** Who finds this user by their email. */
  public enum FindByEmail {
    EVERYONE,
    NOBODY
  }

  /** Who sees whether this user is online. */
  public enum Presence {
    FRIENDS,
    NOBODY
  }

  /** Who may put this user into a group; joining by an invite is their own doing. */
  public enum AddToGroups {
    FRIENDS,
    NOBODY
  }
}
