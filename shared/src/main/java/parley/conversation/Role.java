package parley.conversation;

import parley.platform.ChatException;
import parley.platform.ErrorCode;

/** What a member may do in a group. */
public enum Role {
  /** Everything. A group has one owner at all times, who hands it over before leaving. */
  OWNER,
  /** Everything but touching the owner: changes the group, adds, removes, promotes and invites. */
  ADMIN,
  /** Reads, writes and leaves. */
  MEMBER;

  /** Whether this role may change the group and its members. */
  public boolean administers() {
    return this != MEMBER;
  }

  /**
   * @throws ChatException ROLE_REQUIRED unless this role {@link #administers}
   */
  public void requireAdmin() {
    if (!administers()) {
      throw new ChatException(ErrorCode.ROLE_REQUIRED, "this takes an admin of the group");
    }
  }
}
