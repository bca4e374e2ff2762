package parley.functions;

/**
 * The event by which a schedule keeps a function ready: it does nothing. SnapStart makes a version
 * inactive that nobody has invoked for 14 days, and refuses its next invocations with a
 * SnapStartNotReadyException (Lambda's guide, "Troubleshooting SnapStart errors").
 */
public final class StayReady {
  /** The event's only field; it is true. */
  public static final String FIELD = "stayReady";

  /** The whole event, as EventBridge passes it on. */
  public static final String EVENT = "{\"" + FIELD + "\":true}";

  /** How the log calls it. */
  static final String ACTION = "stay-ready";

  private StayReady() {}
}
