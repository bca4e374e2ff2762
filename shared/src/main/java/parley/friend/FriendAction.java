package parley.friend;

import parley.platform.ChatException;

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

  /**
   * Reads the action's name.
   *
   * @throws ChatException VALIDATION_FAILED for any other word
   */
  public static FriendAction parse(String text) {
    for (FriendAction action : values()) {
      if (action.name().equals(text)) {
        return action;
      }
    }
    throw ChatException.invalid("action must be ACCEPT or REJECT");
  }
}
