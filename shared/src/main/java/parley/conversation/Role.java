package parley.conversation;

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
}
