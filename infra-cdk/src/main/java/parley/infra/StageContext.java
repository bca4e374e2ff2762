package parley.infra;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import parley.platform.log.Level;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.ApplicationLogLevel;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Node;

/**
 * The settings of a deployment, read once from the CDK context ({@code -c key=value} or {@code
 * cdk.json}); docs/deploy.md has the same list for people.
 *
 * @param stage which deployment this is; part of the stacks' names. Letters, digits and hyphens, at
 *     most 20; {@code dev} by default
 * @param region where the stacks go; none by default: wherever the command's credentials lead
 * @param throwaway whether the data may go with the stacks: nothing is then protected from deletion
 *     or kept; false by default
 * @param databaseVersion of Aurora PostgreSQL, a minor version of 17; {@value #DATABASE_VERSION} by
 *     default
 * @param databaseMinCapacity the least Aurora capacity units, 0 (paused when idle) by default
 * @param databaseMaxCapacity the most Aurora capacity units, 4 by default
 * @param corsOrigins the web origins whose pages may call the HTTP API, from a list with commas; no
 *     page may if it is empty, which {@code none} says. It must be set, but on a throw-away stage,
 *     where it is {@code *} by default and where alone it may be
 * @param httpDomain the HTTP API's own domain, from {@code httpDomain} and {@code httpCertificate}
 * @param socketDomain the WebSocket API's, from {@code socketDomain} and {@code socketCertificate};
 *     API Gateway shares no domain between the two kinds of APIs
 * @param defaultAddresses whether an API with a domain of its own also answers at the address that
 *     API Gateway gave it; false by default
 * @param logLevel {@code INFO} by default, or {@code DEBUG}; no less, because the metrics ride on
 *     the lines of level INFO
 * @param logRetention for how long logs are kept; 30 days by default, 7 on a throw-away stage; the
 *     key counts days and is named so
 * @param accessLogs whether API Gateway logs each request and each event of a connection; true by
 *     default
 * @param accountLogRole whether the account's role for the logs of API Gateway is ours to set; true
 *     by default. Nothing needs it without {@code accessLogs}
 * @param tracing whether X-Ray traces the functions; false by default
 * @param monitoring whether there are alarms and a dashboard; true by default
 * @param alarmEmail who is mailed when an alarm goes off, and when it ends
 */
public record StageContext(
    String stage,
    Optional<String> region,
    boolean throwaway,
    String databaseVersion,
    double databaseMinCapacity,
    double databaseMaxCapacity,
    List<String> corsOrigins,
    Optional<CustomDomain> httpDomain,
    Optional<CustomDomain> socketDomain,
    boolean defaultAddresses,
    Level logLevel,
    RetentionDays logRetention,
    boolean accessLogs,
    boolean accountLogRole,
    boolean tracing,
    boolean monitoring,
    Optional<String> alarmEmail) {
  /** What AWS offers longest of those that it offers now; a test tells when that is long ago. */
  static final String DATABASE_VERSION = "17.9";

  private static final Pattern VERSION = Pattern.compile("17\\.[0-9]{1,2}");
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]{0,18}[a-z0-9]|[a-z]");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?");

  /** CloudFormation's {@code RetainExceptOnCreate}. */
  static final RemovalPolicy KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

  /** The most capacity units that Aurora Serverless v2 has. */
  private static final double MOST_CAPACITY = 256;

  /** By days, as CloudWatch Logs counts them; it keeps logs for no other times. */
  private static final Map<Integer, RetentionDays> RETENTIONS =
      new TreeMap<>(
          Map.of(
              1, RetentionDays.ONE_DAY,
              3, RetentionDays.THREE_DAYS,
              7, RetentionDays.ONE_WEEK,
              14, RetentionDays.TWO_WEEKS,
              30, RetentionDays.ONE_MONTH,
              60, RetentionDays.TWO_MONTHS,
              90, RetentionDays.THREE_MONTHS,
              180, RetentionDays.SIX_MONTHS,
              365, RetentionDays.ONE_YEAR,
              731, RetentionDays.TWO_YEARS));

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
    ContextValues values = new ContextValues(node);
    double minimum = values.capacity("databaseMinCapacity", "0", 0, MOST_CAPACITY);
    double maximum = values.capacity("databaseMaxCapacity", "4", 1, MOST_CAPACITY);
    if (minimum > maximum) {
      throw ContextValues.invalid(
          "databaseMinCapacity", ContextValues.number(minimum), "at most databaseMaxCapacity");
    }
    boolean throwaway = values.flag("throwaway", false);
    Optional<String> region =
        values.find("region", REGION, "the name of a region such as eu-central-1");
    Optional<CustomDomain> httpDomain = CustomDomain.of(values, "http", region);
    Optional<CustomDomain> socketDomain = CustomDomain.of(values, "socket", region);
    socketDomain
        .map(CustomDomain::name)
        .filter(name -> httpDomain.filter(http -> http.name().equals(name)).isPresent())
        .ifPresent(
            name -> {
              throw ContextValues.invalid(
                  "socketDomain", name, "another one than httpDomain, API Gateway shares none");
            });
    boolean monitoring = values.flag("monitoring", true);
    Optional<String> alarmEmail = values.find("alarmEmail", EMAIL, "an email address");
    if (!monitoring && alarmEmail.isPresent()) {
      throw ContextValues.invalid(
          "alarmEmail",
          alarmEmail.get(),
          "left out where monitoring is false: there are no alarms");
    }
    return new StageContext(
        stage(values),
        region,
        throwaway,
        databaseVersion(values),
        minimum,
        maximum,
        corsOrigins(values, throwaway),
        httpDomain,
        socketDomain,
        values.flag("defaultAddresses", false),
        logLevel(values),
        logRetention(values, throwaway),
        values.flag("accessLogs", true),
        values.flag("accountLogRole", true),
        values.flag("tracing", false),
        monitoring,
        alarmEmail);
  }

  /** The name of a stack of this stage, {@code parley-dev-api} say. */
  String stackName(String part) {
    return "parley-" + stage + "-" + part;
  }

  /**
   * What becomes of a resource that holds data when it is removed from its stack: it is kept,
   * unless the deployment that made it fails, because nothing is in it then.
   */
  RemovalPolicy removalPolicy() {
    return throwaway ? RemovalPolicy.DESTROY : KEPT;
  }

  /** Whether an API is to answer at this domain only, and not at API Gateway's address. */
  boolean isClosedBut(Optional<CustomDomain> domain) {
    return domain.isPresent() && !defaultAddresses;
  }

  /** The level in the CDK's words. */
  ApplicationLogLevel applicationLogLevel() {
    return ApplicationLogLevel.valueOf(logLevel.name());
  }

  private static String stage(ContextValues values) {
    return values
        .find(
            "stage",
            STAGE,
            "1 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last")
        .orElse("dev");
  }

  private static String databaseVersion(ContextValues values) {
    return values
        .find(
            "databaseVersion",
            VERSION,
            "a version of Aurora PostgreSQL 17 such as "
                + DATABASE_VERSION
                + ": the schema is made for 17")
        .orElse(DATABASE_VERSION);
  }

  private static Level logLevel(ContextValues values) {
    String value = values.text("logLevel", "INFO");
    return switch (value) {
      case "DEBUG" -> Level.DEBUG;
      case "INFO" -> Level.INFO;
      default -> throw ContextValues.invalid("logLevel", value, "DEBUG or INFO");
    };
  }

  private static RetentionDays logRetention(ContextValues values, boolean throwaway) {
    String value = values.text("logRetentionDays", throwaway ? "7" : "30");
    return RETENTIONS.entrySet().stream()
        .filter(retention -> retention.getKey().toString().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                ContextValues.invalid(
                    "logRetentionDays",
                    value,
                    RETENTIONS.keySet().stream()
                        .map(String::valueOf)
                        .collect(joining(", ", "one of ", ""))))
        .getValue();
  }

  private static List<String> corsOrigins(ContextValues values, boolean throwaway) {
    Optional<String> value = values.find("corsOrigins");
    if (value.isEmpty() && throwaway) {
      return List.of("*");
    }
    if (value.isPresent() && value.get().equals("none")) {
      return List.of();
    }
    List<String> origins =
        value.stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(String::strip)
            .toList();
    boolean valid = origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches());
    if (origins.isEmpty() || !valid || (origins.contains("*") && !throwaway)) {
      throw ContextValues.invalid(
          "corsOrigins",
          value.orElse(""),
          "origins such as https://chat.example.com with commas between, or none if no web page"
              + " calls the API; * is for throw-away stages");
    }
    return origins;
  }
}
