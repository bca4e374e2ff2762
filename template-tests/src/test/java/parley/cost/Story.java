package parley.cost;

/**
 * What people do, and how often one who is active in a month does it. The numbers are assumptions,
 * stated here and nowhere else: 20 days of 4 visits of 10 minutes each, and 20 messages a day.
 */
public enum Story {
  REGISTER("registering", 0.05),
  LOG_IN("logging in", 1),
  REFRESH("a new access token", 80),
  CONNECT("a device connects", 80),
  DISCONNECT("a device disconnects", 80),
  CATCH_UP("a page of `GET /sync`", 80),
  CONVERSATIONS("the list of conversations", 80),
  HISTORY("a page of 20 messages", 60),
  BEFRIEND("a request, its acceptance, a conversation", 1),
  SEND_LIVE("a message; both have a device connected", 120),
  SEND_AWAY("a message; the other one is away", 280);

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

  double timesAMonth() {
    return timesAMonth;
  }
}
