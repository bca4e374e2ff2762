package parley.conversation;

/** The kinds of conversations; the column {@code conversations.kind}. */
public enum ConversationKind {
  /** Of two friends. */
  DIRECT,
  GROUP
}
