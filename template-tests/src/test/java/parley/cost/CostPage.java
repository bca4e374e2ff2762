package parley.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.local.usage.Meter;

/**
 * The tables of docs/cost.md. Each stands between two comments with its name; {@code -Dapprove}
 * writes them anew.
 */
public final class CostPage {
  private static final Path PAGE = Path.of("..", "docs", "cost.md");
  private static final List<Long> USERS = List.of(1_000L, 100_000L, 10_000_000L);

  private static final double IDLE_CONNECTIONS = 10_000;

  /** A connection's item in its slot, as DynamoDB counts names and values. */
  private static final double SLOT_ITEM_BYTES = 160;

  /** Partitions of what is opening and of who has left, which the schedule reads every minute. */
  private static final int OTHER_PARTITIONS = 16;

  private CostPage() {}

  /** Holds the page against what the stories used, or approves it. */
  public static void checkStories(Map<Story, Map<Meter, Double>> stories) {
    check("stories", stories(stories));
    check("months", months(new CostModel(stories)));
  }

  /**
   * Holds the page against what a deployment costs that nobody uses, or approves it.
   *
   * @param hour what an hour in which nobody is connected used
   */
  public static void checkIdle(Map<Meter, Double> hour) {
    check("idle", idle(new Template(), hour));
  }

  /**
   * Holds the page against what idle Socket.IO connections cost, or approves it. In 16 minutes each
   * gets a noop and a ping and answers the ping, which invokes a function.
   *
   * @param reconnect what one connection used that was opened and closed
   */
  public static void checkConnections(Map<Meter, Double> reconnect) {
    check("connections", connections(reconnect));
  }

  private static String connections(Map<Meter, Double> reconnect) {
    double minutes = IDLE_CONNECTIONS * CostModel.HOURS * 60;
    double pongs = minutes / 16;
    Map<String, double[]> lines = new LinkedHashMap<>();
    lines.put("connected minutes", new double[] {minutes, minutes * Prices.CONNECTION_MINUTE});
    lines.put(
        "messages: a noop, a ping and a pong in 16 minutes",
        new double[] {3 * pongs, 3 * pongs * Prices.of(Meter.SOCKET_MESSAGES)});
    lines.put(
        "invocations for pongs, with their logs", new double[] {pongs, CostModel.pongs(pongs)});
    double reads =
        CostModel.HOURS
            * 60
            * (IDLE_CONNECTIONS / 8.0 * SLOT_ITEM_BYTES / 8192 + OTHER_PARTITIONS * 0.5);
    lines.put(
        "read units of the schedule", new double[] {reads, reads * Prices.of(Meter.READ_UNITS)});
    double reconnects = IDLE_CONNECTIONS * CostModel.HOURS;
    lines.put(
        "reconnects, one an hour as a token is good for one",
        new double[] {reconnects, reconnects * CostModel.dollars(reconnect)});
    StringBuilder table = new StringBuilder();
    row(table, Stream.of("10,000 idle Socket.IO connections", "a month", "$ a month"));
    rule(table, 3);
    lines.forEach(
        (what, line) ->
            row(
                table,
                Stream.of(what, String.format(Locale.ROOT, "%,.0f", line[0]), dollars(line[1]))));
    double total = lines.values().stream().mapToDouble(line -> line[1]).sum();
    row(table, Stream.of("**together**", "", dollars(total)));
    return table.toString();
  }

  private static String stories(Map<Story, Map<Meter, Double>> stories) {
    StringBuilder table = new StringBuilder();
    row(
        table,
        Stream.concat(
            Stream.of("story", "a month"), Stream.concat(meters(), Stream.of("$ a million"))));
    rule(table, Meter.values().length + 3);
    stories.forEach(
        (story, used) ->
            row(
                table,
                Stream.concat(
                    Stream.of(story.label(), times(story.timesAMonth())),
                    Stream.concat(
                        Arrays.stream(Meter.values())
                            .map(meter -> units(used.getOrDefault(meter, 0.0))),
                        Stream.of(dollars(CostModel.dollars(used) * 1e6))))));
    return table.toString();
  }

  private static String months(CostModel model) {
    List<Map<String, Double>> columns = USERS.stream().map(model::month).toList();
    StringBuilder table = new StringBuilder();
    row(
        table,
        Stream.concat(
            Stream.of("$ a month"),
            USERS.stream().map(users -> String.format(Locale.ROOT, "%,d users", users))));
    rule(table, USERS.size() + 1);
    for (String line : columns.getFirst().keySet()) {
      row(
          table,
          Stream.concat(
              Stream.of(line),
              columns.stream().map(column -> dollars(column.getOrDefault(line, 0.0)))));
    }
    List<Double> totals =
        columns.stream()
            .map(column -> column.values().stream().mapToDouble(Double::doubleValue).sum())
            .toList();
    row(table, Stream.concat(Stream.of("**together**"), totals.stream().map(CostPage::dollars)));
    row(
        table,
        Stream.concat(
            Stream.of("**a user**"),
            IntStream.range(0, USERS.size())
                .mapToObj(i -> String.format(Locale.ROOT, "%.4f", totals.get(i) / USERS.get(i)))));
    return table.toString();
  }

  private record Line(String what, String number, double dollars) {
    private static Line of(String what, long number, double price) {
      return new Line(what, Long.toString(number), number * price);
    }
  }

  private static String idle(Template template, Map<Meter, Double> hour) {
    List<Line> lines =
        List.of(
            Line.of("secrets", template.count("AWS::SecretsManager::Secret"), Prices.SECRET_MONTH),
            Line.of("keys", template.count("AWS::KMS::Key"), Prices.KEY_MONTH),
            Line.of("alarms", template.count("AWS::CloudWatch::Alarm"), Prices.ALARM_MONTH),
            Line.of(
                "dashboards", template.count("AWS::CloudWatch::Dashboard"), Prices.DASHBOARD_MONTH),
            new Line(
                "schedules",
                units(hour.getOrDefault(Meter.INVOCATIONS, 0.0)) + " invocations an hour",
                CostModel.dollars(hour) * CostModel.HOURS),
            new Line("Aurora: capacity", "paused", 0),
            new Line("Aurora: storage", "1 GB", Prices.AURORA_GIGABYTE_MONTH));
    StringBuilder table = new StringBuilder();
    row(table, Stream.of("what", "how much", "$ a month"));
    rule(table, 3);
    lines.forEach(
        line -> row(table, Stream.of(line.what(), line.number(), dollars(line.dollars()))));
    double total = lines.stream().mapToDouble(Line::dollars).sum();
    row(table, Stream.of("**together**", "", dollars(total)));
    return table.toString();
  }

  private static void check(String name, String table) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->\n";
    String page = read();
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertThat(to).as("where the table %s stands in %s", name, PAGE).isGreaterThanOrEqualTo(from);
    if (System.getProperty("approve") != null) {
      write(page.substring(0, from) + table + page.substring(to));
    }
    assertThat(read().substring(from, read().indexOf(end)))
        .as("the table %s of docs/cost.md; -Dapprove writes it anew", name)
        .isEqualTo(table);
  }

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String page) {
    try {
      Files.writeString(PAGE, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> meters() {
    return Arrays.stream(Meter.values())
        .map(meter -> meter.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private static String units(double units) {
    return String.format(Locale.ROOT, units == Math.rint(units) ? "%.0f" : "%.1f", units);
  }

  private static String times(double times) {
    return times == Math.rint(times)
        ? String.format(Locale.ROOT, "%.0f", times)
        : String.format(Locale.ROOT, "%.2f", times);
  }

  private static String dollars(double dollars) {
    return String.format(Locale.ROOT, "%,.2f", dollars);
  }

  private static void row(StringBuilder table, Stream<String> cells) {
    table.append(cells.collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static void rule(StringBuilder table, int columns) {
    table.append("|---|").append("--:|".repeat(columns - 1)).append('\n');
  }
}
