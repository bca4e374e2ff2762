package parley.conversation;

/** How much of a group's past somebody sees who comes into it. */
public enum History {
  ALL,
  /** What is sent from the moment in which they come in. */
  JOINED
}
