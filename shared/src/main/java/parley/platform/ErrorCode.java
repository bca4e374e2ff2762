package parley.platform;

/**
 * Every error that a client can be told, by the name that programs see, with its HTTP status. Over
 * a socket the same names are sent.
 */
public enum ErrorCode {
  /** The body or frame is no JSON, too deep, or not of the expected outline. */
  MALFORMED_JSON(400),
  /** A field is missing, unknown, of the wrong type or out of its bounds. */
  VALIDATION_FAILED(400),
  /** The cursor came with no page, or is no message of this conversation that the caller sees. */
  INVALID_CURSOR(400),
  /** The seq is higher than that of the conversation's last message. */
  SEQ_OUT_OF_RANGE(400),
  /** The frame names an event that the server does not know. */
  UNKNOWN_EVENT(400),
  /** The token is missing, forged or not of the kind that is wanted. */
  UNAUTHENTICATED(401),
  /** The token was good once. */
  TOKEN_EXPIRED(401),
  /** The email or the password is wrong; which one is not told. */
  INVALID_CREDENTIALS(401),
  /** The other user is no friend, or does not exist; which one is not told. */
  NOT_FRIENDS(403),
  /** The message is another's, or a system message, which is nobody's. */
  NOT_YOUR_MESSAGE(403),
  /** It takes the group's owner, or an admin. */
  ROLE_REQUIRED(403),
  ROUTE_NOT_FOUND(404),
  USER_NOT_FOUND(404),
  /** There is no such request that the caller sees: to them, or by them to withdraw it. */
  FRIEND_REQUEST_NOT_FOUND(404),
  /** The other user is no friend, or does not exist; which one is not told. */
  FRIEND_NOT_FOUND(404),
  /** There is no such conversation, or the caller takes no part in it. */
  CONVERSATION_NOT_FOUND(404),
  /** There is no such message that the caller sees. */
  MESSAGE_NOT_FOUND(404),
  /** The user is not in this group, or does not exist. */
  MEMBER_NOT_FOUND(404),
  /** There is no such invite, or it does not let the caller in. */
  INVITE_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  EMAIL_TAKEN(409),
  /** Another user has the handle, in whatever case. */
  HANDLE_TAKEN(409),
  ALREADY_FRIENDS(409),
  /** A request between the two waits for its answer already, in one direction or the other. */
  FRIEND_REQUEST_PENDING(409),
  FRIEND_REQUEST_ANSWERED(409),
  /** The group has as many members as a group can have. */
  GROUP_FULL(409),
  /** Somebody would be in more groups than a user can be in. */
  TOO_MANY_GROUPS(409),
  /** The caller has made as many groups, or added a user to as many, as they can within a day. */
  TOO_MANY_GROUPS_TODAY(409),
  /** The caller has changed their profile and settings as often as they can within a day. */
  TOO_MANY_CHANGES_TODAY(409),
  /** The message has as many different reactions as a message can have. */
  TOO_MANY_REACTIONS(409),
  /** The conversation has as many pinned messages as it can have. */
  TOO_MANY_PINS(409),
  /** The owner must hand the group over first. */
  LAST_OWNER(409),
  /** The caller blocks the other user; that one is never told of it. */
  BLOCKED_BY_YOU(409),
  /** The message was sent too long ago to be edited. */
  EDIT_WINDOW_OVER(409),
  /** Typing where this connection has not joined, or where too many take part. */
  NOT_JOINED(409),
  /** The sender used this clientId for a different message. */
  CLIENT_ID_REUSED(409),
  INVITE_EXPIRED(410),
  /** The message was deleted for everyone. */
  MESSAGE_DELETED(410),
  /** The message that was sent under this clientId has disappeared; it is not sent again. */
  MESSAGE_GONE(410),
  /** The group that was made under this clientId has ended; it is not made again. */
  GROUP_GONE(410),
  /** As many have joined by the invite as it was for. */
  INVITE_USED_UP(410),
  PAYLOAD_TOO_LARGE(413),
  /**
   * The user has as many open connections as a user may have, or too many connections are open
   * whose clients have not said who they are.
   */
  TOO_MANY_CONNECTIONS(429),
  /** Our own fault. */
  INTERNAL(500),
  /** The database is starting, or something that we stand on is down: worth another try soon. */
  SERVICE_UNAVAILABLE(503);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
