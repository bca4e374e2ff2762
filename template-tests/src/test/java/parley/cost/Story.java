package parley.cost;

/**
 * What people do, and how often one who is active in a month does it. The numbers are assumptions,
 * stated here and nowhere else: 20 days of 4 visits of 10 minutes each, and 20 messages a day. What
 * is done 0 times is there for who does it so instead: over HTTP, over Socket.IO, in a group.
 */
public enum Story {
  REGISTER("registering", 0.05),
  LOG_IN("logging in", 1),
  REFRESH("a new access token", 80),
  CONNECT_FIRST("a device connects, the first time in a day; a friend sees it", 20),
  CONNECT("a device connects; a friend sees it", 60),
  CONNECT_SOCKET_IO("the same, over Socket.IO", 0),
  CONNECT_ANOTHER("a second device connects", 0),
  RECONNECT("a device connects again at once, and a page of `GET /sync`", 20),
  DISCONNECT("a device disconnects", 100),
  GO_OFFLINE("a friend is told that one has gone", 80),
  CATCH_UP("a page of `GET /sync`", 80),
  CONVERSATIONS("the list of conversations", 80),
  HISTORY("a page of 20 messages", 60),
  PRESENCE("who of the friends is online", 80),
  BEFRIEND("a request, its acceptance, a conversation", 1),
  JOIN("opening a chat: `join_conversation`", 120),
  TYPING("typing; the other one has the chat open", 160),
  SEND_LIVE("a message; both have a device connected", 120),
  SEND_AWAY("a message; the other one is away", 280),
  SEND_HTTP("a message over HTTP; both have a device connected", 0),
  SEND_SOCKET_IO("a message; both devices speak Socket.IO", 0),
  SEND_GROUP("a message in a group of ten; three have a device connected", 0),
  RECEIPT("a receipt; the writer has a device connected", 200),
  REACT("a reaction; both have a device connected", 40),
  EDIT("an edit; both have a device connected", 8),
  DELETE("a deletion for all; both have a device connected", 4),
  FORWARD("a message forwarded to one chat; both have a device connected", 2),
  PIN("a pin; both have a device connected", 1),
  STAR("a star, for one's own device", 4),
  SEARCH("a search through all messages", 4),
  SETTINGS("archiving or muting a chat", 1),
  PROFILE("a new picture; a friend has a device connected", 0.2),
  GROUP("making a group of three; all have a device connected", 0.2),
  BLOCK("a block", 0.05);

  /** How long one is connected in a month. */
  static final double CONNECTED_MINUTES = 20 * 4 * 10;

  /** Messages sent in a month. */
  static final double MESSAGES = SEND_LIVE.timesAMonth + SEND_AWAY.timesAMonth;

  private final String label;
  private final double timesAMonth;

  Story(String label, double timesAMonth) {
    this.label = label;
    this.timesAMonth = timesAMonth;
  }

  String label() {
    return label;
  }

  /** How often one does it. */
  double timesAMonth() {
    return timesAMonth;
  }
}
