package parley.infra;

import java.util.List;
import java.util.Map;
import parley.functions.AuthorizerFunction;
import parley.platform.log.Measure;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * What a person must know of, each alarm with its section in docs/runbook.md. An alarm costs $0.10
 * a month for each metric that it watches; an account has ten free.
 */
final class Alarms extends Construct {
  private static final String RUNBOOK = "docs/runbook.md#";

  /** The shortest time that KMS takes; nothing that lasts is encrypted with it. */
  private static final Duration KEY_GOES_AFTER = Duration.days(7);

  /** The kinds of alarms, by the names of their sections in the runbook. */
  private enum Kind {
    FUNCTION_ERRORS("function-errors", "a function threw, timed out or did not start", 1, 1),
    FUNCTION_THROTTLES("function-throttles", "Lambda refused to run a function", 1, 1),
    FAULTS("faults", "clients were told that it is our fault", 5, 1),
    REFUSED_CALLS("refused-calls", "AWS refused a call for a reason of ours", 1, 1),
    HTTP_5XX("http-5xx", "the HTTP API answered with 5xx", 5, 1),
    SOCKET_ERRORS("socket-errors", "the WebSocket API could not call its function", 5, 1),
    FAILED_DELIVERIES("failed-deliveries", "events reached the queue of failed deliveries", 1, 1),
    DELIVERY_LATENCY(
        "delivery-latency", "one send in a hundred takes over 5 s to deliver", 5000, 3),
    DATABASE_CAPACITY("database-capacity", "the database is near its most capacity", 90, 3);

    private final String section;
    private final String meaning;
    private final double threshold;
    private final int periods;

    /**
     * @param threshold from where on it is too much
     * @param periods for how many periods of five minutes
     */
    Kind(String section, String meaning, double threshold, int periods) {
      this.section = section;
      this.meaning = meaning;
      this.threshold = threshold;
      this.periods = periods;
    }
  }

  private final StageContext context;
  private final SnsAction mail;

  Alarms(ApiStack scope, StageContext context, StageMetrics metrics) {
    super(scope, "Alarms");
    this.context = context;
    this.mail = new SnsAction(topic());
    for (ChatFunction function : metrics.functions()) {
      // Refusing a token takes an error of the authorizer, so its errors tell nothing; what goes
      // wrong in it is among the faults.
      if (!function.name().equals(AuthorizerFunction.class.getSimpleName())) {
        add(Kind.FUNCTION_ERRORS, function.name(), metrics.errors(function));
      }
      add(Kind.FUNCTION_THROTTLES, function.name(), metrics.throttles(function));
    }
    add(Kind.FAULTS, metrics.own(Measure.FAULTS));
    add(Kind.REFUSED_CALLS, metrics.own(Measure.REFUSALS));
    add(Kind.HTTP_5XX, metrics.httpServerErrors());
    add(Kind.SOCKET_ERRORS, metrics.socketErrors());
    add(Kind.FAILED_DELIVERIES, metrics.failedDeliveriesKept());
    add(Kind.DELIVERY_LATENCY, metrics.own(Measure.DELIVERY_LATENCY, "p99"));
    add(Kind.DATABASE_CAPACITY, metrics.databaseUse());
  }

  private Topic topic() {
    Topic topic =
        Topic.Builder.create(this, "Topic")
            .displayName(context.stackName("alarms"))
            .enforceSsl(true)
            .masterKey(key())
            .build();
    // A policy of its own takes the place of the one by which alarms may publish.
    topic.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(topic.getTopicArn()))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    context.alarmEmail().ifPresent(email -> mail(topic, email));
    return topic;
  }

  /**
   * A key of our own, because alarms may not use the one that SNS has for every account, and nobody
   * can let them ("Encrypting Amazon SNS topics" in CloudWatch's guide).
   */
  private Key key() {
    Key key =
        Key.Builder.create(this, "Key")
            .description("Parley: encrypts the topic of the alarms")
            .enableKeyRotation(true)
            .pendingWindow(KEY_GOES_AFTER)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey*"))
            .resources(List.of("*"))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    return key;
  }

  private static void mail(Topic topic, String address) {
    Accepted.of(
        topic.addSubscription(new EmailSubscription(address)),
        "Serverless-SNSRedrivePolicy",
        "A mail that does not arrive is no event to keep: the alarm itself stays to be seen.");
  }

  private void add(Kind kind, Metric metric) {
    add(kind, kind.section, kind.section, metric);
  }

  private void add(Kind kind, String function, Metric metric) {
    add(kind, kind.section + "-" + function, kind.section + ": " + function, metric);
  }

  private void add(Kind kind, String id, String title, Metric metric) {
    Alarm alarm =
        Alarm.Builder.create(this, id)
            .alarmName(context.stackName(id))
            .alarmDescription(
                "%s: %s. What to do: %s%s".formatted(title, kind.meaning, RUNBOOK, kind.section))
            .metric(metric)
            .threshold(kind.threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(kind.periods)
            // Nothing happens, nothing is wrong: a stage that nobody uses sends no metrics.
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    alarm.addAlarmAction(mail);
    alarm.addOkAction(mail);
  }
}
