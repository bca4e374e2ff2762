package parley.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user that a search found, with the state of the friendship between the two. */
public record FoundUser(
    UserId id,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    Optional<Handle> handle,
    long version,
    FriendshipState friendship) {

  /** How the searching user stands to the one found. */
  public enum FriendshipState {
    NONE,
    REQUEST_SENT,
    REQUEST_RECEIVED,
    FRIENDS
  }
}
