package parley.friend;

/** What the receiver of a friend request can do with it. */
public enum FriendAction {
  ACCEPT(FriendRequest.Status.ACCEPTED),
  REJECT(FriendRequest.Status.REJECTED);

  private final FriendRequest.Status outcome;

  FriendAction(FriendRequest.Status outcome) {
    this.outcome = outcome;
  }

  FriendRequest.Status outcome() {
    return outcome;
  }
}
