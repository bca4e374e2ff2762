package parley.infra;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/**
 * What the one who deploys decides, read once from the CDK context ({@code -c key=value} or {@code
 * cdk.json}).
 *
 * @param stage which deployment this is; part of the stacks' names. Letters, digits and hyphens, at
 *     most 20; {@code dev} by default
 * @param throwaway whether the data may go with the stacks: nothing is then protected from deletion
 *     or kept; false by default
 * @param databaseMinCapacity the least Aurora capacity units, 0 (paused when idle) by default
 * @param databaseMaxCapacity the most Aurora capacity units, 4 by default
 * @param corsOrigins the web origins whose pages may call the HTTP API, from a list with commas;
 *     {@code *} by default: the API reads no cookie, so an origin tells nothing of a caller
 */
public record StageContext(
    String stage,
    boolean throwaway,
    double databaseMinCapacity,
    double databaseMaxCapacity,
    List<String> corsOrigins) {
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,18}[a-z0-9]|[a-z]");
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  /** The most capacity units that Aurora Serverless v2 has. */
  private static final double MOST_CAPACITY = 256;

  public StageContext {
    corsOrigins = List.copyOf(corsOrigins);
  }

  /**
   * Reads the context of a CDK app.
   *
   * @throws IllegalArgumentException naming the key, what is wrong with its value and what it may
   *     be
   */
  public static StageContext of(Node node) {
    double minimum = capacity(node, "databaseMinCapacity", "0", 0);
    double maximum = capacity(node, "databaseMaxCapacity", "4", 1);
    if (minimum > maximum) {
      throw invalid("databaseMinCapacity", number(minimum), "at most databaseMaxCapacity");
    }
    return new StageContext(stage(node), throwaway(node), minimum, maximum, corsOrigins(node));
  }

  /** The name of a stack of this stage, {@code parley-dev-api} say. */
  String stackName(String part) {
    return "parley-" + stage + "-" + part;
  }

  /** What becomes of a resource that holds data when it is removed from its stack. */
  RemovalPolicy removalPolicy() {
    return throwaway ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  }

  RetentionDays logRetention() {
    return throwaway ? RetentionDays.ONE_WEEK : RetentionDays.ONE_MONTH;
  }

  private static String stage(Node node) {
    String stage = text(node, "stage", "dev");
    if (!STAGE.matcher(stage).matches()) {
      throw invalid(
          "stage",
          stage,
          "1 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last");
    }
    return stage;
  }

  private static boolean throwaway(Node node) {
    String value = text(node, "throwaway", "false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid("throwaway", value, "true or false");
    };
  }

  private static double capacity(Node node, String key, String standard, double least) {
    String value = text(node, key, standard);
    String wanted =
        "capacity units from " + number(least) + " to " + number(MOST_CAPACITY) + " in halves";
    double units;
    try {
      units = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw invalid(key, value, wanted);
    }
    boolean halves = units * 2 == Math.rint(units * 2);
    if (!halves || units < least || units > MOST_CAPACITY) {
      throw invalid(key, value, wanted);
    }
    return units;
  }

  private static List<String> corsOrigins(Node node) {
    String value = text(node, "corsOrigins", "*");
    List<String> origins = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
      throw invalid(
          "corsOrigins",
          value,
          "* or origins such as https://chat.example.com, with commas between");
    }
    return origins;
  }

  private static String text(Node node, String key, String standard) {
    // The command line gives strings, cdk.json may give numbers and booleans too.
    @Nullable Object value = node.tryGetContext(key);
    return value == null ? standard : value.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static IllegalArgumentException invalid(String key, String value, String wanted) {
    return new IllegalArgumentException(
        "the context value %s=%s is not valid: it must be %s".formatted(key, value, wanted));
  }
}
