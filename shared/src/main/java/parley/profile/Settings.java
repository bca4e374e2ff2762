package parley.profile;

/** What a user decided for themselves; nobody else sees it. */
public record Settings(FindByEmail findByEmail, Presence presence) {
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
}
