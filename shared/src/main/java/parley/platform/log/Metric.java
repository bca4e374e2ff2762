package parley.platform.log;

/**
 * What is measured, a CloudWatch metric each. They have one dimension, the stage, because
 * CloudWatch asks $0.30 a month for every metric and every combination of its dimensions; ten are
 * free.
 */
public enum Metric {
  /** Requests that failed by our own fault: what a client is told with a 5xx code. */
  FAULTS("Faults", Unit.COUNT),
  /** From a message's being stored to the last of its posts, a value a send. */
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

  Metric(String title, Unit unit) {
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
