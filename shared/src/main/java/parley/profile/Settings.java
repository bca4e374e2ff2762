package parley.profile;

/** What a user decided for themselves; nobody else sees it. */
public record Settings(FindByEmail findByEmail) {
  /** Who finds this user by their email. */
  public enum FindByEmail {
    EVERYONE,
    NOBODY
  }
}
