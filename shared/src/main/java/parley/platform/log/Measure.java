package parley.platform.log;

/**
 * What is measured, a CloudWatch metric each. They have one dimension, the stage, because
 * CloudWatch asks $0.30 a month for every metric and every combination of its dimensions; ten are
 * free.
 */
public enum Measure {
  /** Requests that failed by our own fault: what a client is told with a 5xx code. */
  FAULTS("Faults", Unit.COUNT),
  /**
   * Calls that AWS refused for a reason of ours, such as a missing grant or a frame that is too
   * large; throttling and what our code expects, such as a 410, are none.
   */
  REFUSALS("Refusals", Unit.COUNT),
  /** Messages that were accepted, a retry's too. */
  SENDS("Sends", Unit.COUNT),
  /** Frames that connections took: events, answers and keepalives. */
  DELIVERIES("Deliveries", Unit.COUNT),
  /** Posts that found no connection, or one whose $connect has not returned. */
  GONE("Gone", Unit.COUNT),
  /** Posts that API Gateway throttled or failed; each is tried again. */
  RETRIES("Retries", Unit.COUNT),
  /** Idle connections that were kept open, or told of their end. */
  PINGS("Pings", Unit.COUNT),
  /** Messages that a function stored and did not live to deliver: the sweep delivers them. */
  SWEPT("PendingSwept", Unit.COUNT),
  /** Pages of what a client missed. */
  SYNC_PAGES("SyncPages", Unit.COUNT),
  /**
   * From the moment that an event is handed on, when a message is stored, to the end of its posts:
   * a value an event, and one for each part that DeliveryFunction does.
   */
  DELIVERY_LATENCY("DeliveryLatency", Unit.MILLISECONDS);

  /** The namespace of them all. */
  public static final String NAMESPACE = "Parley";

  /** Their only dimension. */
  public static final String STAGE = "Stage";

  /** CloudWatch's units that are in use. */
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds");

    private final String title;

    Unit(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final String title;
  private final Unit unit;

  Measure(String title, Unit unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Its name in CloudWatch. */
  public String title() {
    return title;
  }

  Unit unit() {
    return unit;
  }
}
