package parley.cost;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import parley.local.usage.Meter;

/**
 * The formula: what people do times what it uses times what that costs, and what the database costs
 * besides.
 *
 * @param stories the units that each story uses, as counted
 */
record CostModel(Map<Story, Map<Meter, Double>> stories) {
  static final double HOURS = 730;
  static final double SECONDS = HOURS * 3600;

  /** For which an invocation is billed, on average; most of it is waiting for the database. */
  static final double BILLED_SECONDS = 0.060;

  /** The same for a pong, which waits for nothing; not measured on Lambda. */
  static final double PONG_SECONDS = 0.005;

  /** 1769 MB, the memory of most functions. */
  static final double GIGABYTES = 1769 / 1024.0;

  /**
   * What an invocation logs: its own line, Lambda's two, and the one in API Gateway's access log,
   * which is of 375 to 475 bytes and is counted for all, though some are not API Gateway's.
   */
  static final double LOG_BYTES = 1_550;

  /** How many statements a second one capacity unit runs; not measured on Aurora. */
  static final double STATEMENTS_A_UNIT = 200;

  /** The least that an Aurora which is awake is billed for. */
  static final double LEAST_UNITS = 0.5;

  /** Reads and writes of the volume that a statement causes; not measured on Aurora. */
  static final double IOS_A_STATEMENT = 4;

  /** What a message takes in the database with its indexes. */
  static final double MESSAGE_BYTES = 600;

  /** What a row of the feed takes in the database with its indexes; it is kept for 30 days. */
  static final double FEED_BYTES = 250;

  /** What is fed to both people of a conversation. */
  private static final Set<Story> FED_TO_BOTH =
      EnumSet.of(
          Story.SEND_LIVE,
          Story.SEND_AWAY,
          Story.RECEIPT,
          Story.REACT,
          Story.EDIT,
          Story.DELETE,
          Story.FORWARD,
          Story.PIN);

  private static final double GIGABYTE = 1e9;

  /** The units of one story's meters, in dollars, with the time of its functions and their logs. */
  static double dollars(Map<Meter, Double> used) {
    double invocations = used.getOrDefault(Meter.INVOCATIONS, 0.0);
    double metered =
        used.entrySet().stream().mapToDouble(use -> use.getValue() * Prices.of(use.getKey())).sum();
    return metered + lambdaTime(invocations) + logs(invocations);
  }

  /** What the answers to pings cost: a function is invoked for each, and finds nothing to do. */
  static double pongs(double number) {
    return number * Prices.of(Meter.INVOCATIONS)
        + number * PONG_SECONDS * GIGABYTES * Prices.LAMBDA_GIGABYTE_SECOND
        + logs(number);
  }

  /** What so many active users cost in a month, line by line. */
  Map<String, Double> month(long users) {
    Map<Meter, Double> used = new EnumMap<>(Meter.class);
    stories.forEach(
        (story, units) ->
            units.forEach(
                (meter, unit) ->
                    used.merge(meter, unit * story.timesAMonth() * users, Double::sum)));
    double invocations = used.getOrDefault(Meter.INVOCATIONS, 0.0);
    double statements = used.getOrDefault(Meter.DATA_API_REQUESTS, 0.0);
    Map<String, Double> lines = new LinkedHashMap<>();
    lines.put("API Gateway: HTTP requests", metered(used, Meter.HTTP_REQUESTS));
    lines.put("API Gateway: messages", metered(used, Meter.SOCKET_MESSAGES));
    lines.put(
        "API Gateway: connected minutes",
        users * Story.CONNECTED_MINUTES * Prices.CONNECTION_MINUTE);
    lines.put("Lambda: invocations", metered(used, Meter.INVOCATIONS));
    lines.put("Lambda: time", lambdaTime(invocations));
    lines.put("CloudWatch: logs", logs(invocations));
    lines.put("DynamoDB", metered(used, Meter.READ_UNITS) + metered(used, Meter.WRITE_UNITS));
    lines.put("Secrets Manager: calls", metered(used, Meter.SECRET_CALLS));
    lines.put("Data API", metered(used, Meter.DATA_API_REQUESTS));
    lines.put("Aurora: capacity", capacityUnits(users) * HOURS * Prices.AURORA_CAPACITY_UNIT_HOUR);
    lines.put("Aurora: reads and writes", statements * IOS_A_STATEMENT * Prices.AURORA_IO);
    lines.put(
        "Aurora: a year's messages",
        users * Story.MESSAGES * 12 * MESSAGE_BYTES / GIGABYTE * Prices.AURORA_GIGABYTE_MONTH);
    lines.put(
        "Aurora: the feed",
        users * feedRows() * FEED_BYTES / GIGABYTE * Prices.AURORA_GIGABYTE_MONTH);
    return lines;
  }

  /** How many rows a user adds to the feed in a month. */
  private static double feedRows() {
    return 2 * FED_TO_BOTH.stream().mapToDouble(Story::timesAMonth).sum();
  }

  /** The capacity that is billed on average: it follows the load. */
  private double capacityUnits(long users) {
    double statements =
        stories.entrySet().stream()
            .mapToDouble(
                story ->
                    story.getValue().getOrDefault(Meter.DATA_API_REQUESTS, 0.0)
                        * story.getKey().timesAMonth())
            .sum();
    return Math.max(LEAST_UNITS, statements * users / SECONDS / STATEMENTS_A_UNIT);
  }

  private static double metered(Map<Meter, Double> used, Meter meter) {
    return used.getOrDefault(meter, 0.0) * Prices.of(meter);
  }

  private static double lambdaTime(double invocations) {
    return invocations * BILLED_SECONDS * GIGABYTES * Prices.LAMBDA_GIGABYTE_SECOND;
  }

  private static double logs(double invocations) {
    return invocations * LOG_BYTES / GIGABYTE * Prices.LOG_GIGABYTE;
  }
}
