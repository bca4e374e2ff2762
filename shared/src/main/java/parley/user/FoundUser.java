package parley.user;

import org.jspecify.annotations.Nullable;

/** A user that a search found, with the state of the friendship between the two. */
public record FoundUser(
    UserId id,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    FriendshipState friendship) {

  /** How the searching user stands to the one found. */
  public enum FriendshipState {
    NONE,
    REQUEST_SENT,
    REQUEST_RECEIVED,
    FRIENDS
  }
}
