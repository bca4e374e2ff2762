package parley.sync;

/** The kinds of things that {@code GET /sync} tells of; the column {@code feed.type}. */
public enum SyncType {
  /**
   * Another user as everybody sees them, by their id: whenever they change something of it and
   * {@code me} may see them, and before all that names them. Never without data.
   */
  USER,
  /** A message, by its id; in one conversation new ones come in the order of their seq. */
  MESSAGE,
  /** A conversation as the reader sees it, by its id. */
  CONVERSATION,
  /**
   * How far the participants of a group are, by its id; those of a direct conversation are in the
   * conversation. Not part of a start.
   */
  RECEIPT,
  /** A friend request by or to the reader, by its id. */
  FRIEND_REQUEST,
  /** A friend of the reader, by their user id. */
  FRIEND,
  /** Somebody whom the reader blocks, by their user id. */
  BLOCK,
  /** That a message is pinned, by the message's id; not part of a start. */
  PIN,
  /** That the reader has starred a message, by the message's id; not part of a start. */
  STAR,
  /** The reader's own account, by their user id; not part of a start. */
  ACCOUNT,
  /** The reader's own settings, by their user id; not part of a start. */
  SETTINGS
}
