package parley.infra;

import static parley.platform.Setting.CONNECTIONS_ENDPOINT;
import static parley.platform.Setting.CONNECTIONS_TABLE;
import static parley.platform.Setting.DATABASE_ARN;
import static parley.platform.Setting.DATABASE_NAME;
import static parley.platform.Setting.DATABASE_SECRET_ARN;
import static parley.platform.Setting.DELIVERY_FUNCTION_ARN;
import static parley.platform.Setting.JWT_SECRET_ARN;
import static parley.platform.Setting.SERVING_SECRET_ARN;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import parley.functions.AuthorizerFunction;
import parley.functions.DeliveryFunction;
import parley.functions.HttpFunction;
import parley.functions.KeepaliveFunction;
import parley.functions.MigrationFunction;
import parley.functions.SocketFunction;
import parley.functions.SweepFunction;
import parley.infra.ChatFunction.Start;
import parley.platform.Setting;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** What computes: the two APIs and the functions behind them. */
public final class ApiStack extends Stack {
  /** One whole CPU, which is what hashing a password and restoring a snapshot wait for. */
  private static final int WHOLE_CPU = 1769;

  /** Enough for a function that waits more than it computes. */
  private static final int SMALL = 1024;

  /** Below the 29 s and 30 s after which API Gateway gives up. */
  private static final Duration GATEWAY_TIMEOUT = Duration.seconds(29);

  /** Long enough to wait for the database to wake up and then to deliver for a minute. */
  private static final Duration SWEEP_TIMEOUT = Duration.minutes(2);

  private final StageContext context;
  private final DataStack data;
  private final Code code;
  private final SocketApi socketApi;
  private final Queue failedDeliveries;
  private final List<ChatFunction> functions = new ArrayList<>();

  /**
   * @param data the stack with what the functions use
   * @param jar the shaded jar with every function
   */
  ApiStack(
      Construct scope,
      String id,
      StackProps properties,
      StageContext context,
      DataStack data,
      Path jar) {
    super(scope, id, properties);
    this.context = context;
    this.data = data;
    code = Code.fromAsset(jar.toString());
    socketApi = new SocketApi(this, context);

    failedDeliveries = failedDeliveries();
    ChatFunction migration = migration();
    ChatFunction delivery = delivery();
    ChatFunction http = front(HttpFunction.class, delivery);
    socketApi.allowPostsAndCloses(http);
    ChatFunction socket = front(SocketFunction.class, delivery);
    allowTable(socket, "dynamodb:Query");
    socketApi.allowPostsAndCloses(socket);

    ChatFunction authorizer = authorizer();
    socketApi.route(authorizer, socket);
    new KeepReady(this, List.of(authorizer, delivery, http, socket));
    HttpEntry httpEntry = new HttpEntry(this, context, http);
    keepalive(delivery);
    MigrationTrigger.create(
        this, context, migration, List.of(delivery, http, socket, sweep(delivery)));
    if (context.monitoring()) {
      StageMetrics metrics =
          new StageMetrics(
              context,
              List.copyOf(functions),
              failedDeliveries,
              data.database(),
              httpEntry.api(),
              socketApi.api());
      new Alarms(this, context, metrics);
      new Overview(this, context, metrics);
    }
  }

  /** A function that answers clients: it uses everything there is. */
  private ChatFunction front(Class<?> handler, ChatFunction delivery) {
    Map<Setting, String> environment = databaseSettings();
    environment.putAll(connectionSettings());
    environment.put(JWT_SECRET_ARN, data.jwtSecretValue().getSecretArn());
    environment.put(DELIVERY_FUNCTION_ARN, delivery.live().getFunctionArn());
    ChatFunction function = function(handler, WHOLE_CPU, GATEWAY_TIMEOUT, environment);
    allowStatements(function);
    allowSecret(function, data.jwtSecretValue().getSecretArn());
    allowTable(
        function,
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem");
    function.allow(List.of("lambda:InvokeFunction"), delivery.live().getFunctionArn());
    return function;
  }

  private ChatFunction authorizer() {
    Map<Setting, String> environment = new EnumMap<>(Setting.class);
    environment.put(JWT_SECRET_ARN, data.jwtSecretValue().getSecretArn());
    ChatFunction function =
        function(AuthorizerFunction.class, SMALL, Duration.seconds(10), environment);
    allowSecret(function, data.jwtSecretValue().getSecretArn());
    return function;
  }

  /**
   * Called asynchronously. It asks the database only for whom presence is shown to, and for that
   * once a day and after a change. It leaves to itself what it cannot reach while it reaches
   * others. What fails three times is kept in a queue for a person to look at.
   */
  private ChatFunction delivery() {
    Map<Setting, String> environment = databaseSettings();
    environment.putAll(connectionSettings());
    ChatFunction function =
        function(DeliveryFunction.class, WHOLE_CPU, Duration.seconds(60), environment);
    allowTable(
        function,
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem");
    allowStatements(function);
    socketApi.allowPostsAndCloses(function);
    function.allowInvokingItself();

    function.allow(List.of("sqs:SendMessage"), failedDeliveries.getQueueArn());
    CfnEventInvokeConfig retries =
        CfnEventInvokeConfig.Builder.create(this, "DeliveryRetries")
            .functionName(function.function().getFunctionName())
            .qualifier(ChatFunction.LIVE)
            .maximumRetryAttempts(2)
            .destinationConfig(
                CfnEventInvokeConfig.DestinationConfigProperty.builder()
                    .onFailure(
                        CfnEventInvokeConfig.OnFailureProperty.builder()
                            .destination(failedDeliveries.getQueueArn())
                            .build())
                    .build())
            .build();
    retries.getNode().addDependency(function.live());
    return function;
  }

  /**
   * Serves idle connections, an eighth of them a minute. A minute that was missed is not made up
   * for, so that a failure is not retried either: the next minute has connections of its own.
   */
  private void keepalive(ChatFunction delivery) {
    Map<Setting, String> environment = connectionSettings();
    environment.put(DELIVERY_FUNCTION_ARN, delivery.live().getFunctionArn());
    ChatFunction function =
        function(KeepaliveFunction.class, SMALL, Duration.seconds(55), environment);
    allowTable(
        function,
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem");
    socketApi.allowPostsAndCloses(function);
    function.allow(List.of("lambda:InvokeFunction"), delivery.live().getFunctionArn());
    function.everyMinute();
  }

  /** Delivers what a function that died has stored but not delivered. */
  private ChatFunction sweep(ChatFunction delivery) {
    Map<Setting, String> environment = databaseSettings();
    environment.putAll(connectionSettings());
    environment.put(DELIVERY_FUNCTION_ARN, delivery.live().getFunctionArn());
    ChatFunction function = function(SweepFunction.class, SMALL, SWEEP_TIMEOUT, environment);
    allowStatements(function);
    allowTable(
        function,
        "dynamodb:BatchGetItem",
        "dynamodb:DeleteItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem");
    function.allow(List.of("lambda:InvokeFunction"), delivery.live().getFunctionArn());
    socketApi.allowPostsAndCloses(function);
    function.everyMinute();
    return function;
  }

  private Queue failedDeliveries() {
    Queue queue =
        Queue.Builder.create(this, "FailedDeliveries")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .removalPolicy(context.removalPolicy())
            .build();
    for (String rule : List.of("AwsSolutions-SQS3", "Serverless-SQSRedrivePolicy")) {
      Accepted.of(
          queue,
          rule,
          "It is itself where failures end, and nothing takes from it but a person: there is no"
              + " next try to fail.");
    }
    return queue;
  }

  private ChatFunction migration() {
    Map<Setting, String> environment = databaseSettings(data.ownerSecret());
    environment.put(SERVING_SECRET_ARN, data.servingSecret().getSecretArn());
    ChatFunction function =
        function(
            MigrationFunction.class,
            SMALL,
            MigrationTrigger.MIGRATION_TIMEOUT,
            Start.ANEW,
            environment);
    allowDatabase(
        function,
        data.ownerSecret(),
        "rds-data:BeginTransaction",
        "rds-data:CommitTransaction",
        "rds-data:ExecuteStatement",
        "rds-data:RollbackTransaction");
    allowSecret(function, data.servingSecret().getSecretArn());
    return function;
  }

  private ChatFunction function(
      Class<?> handler, int memory, Duration timeout, Map<Setting, String> environment) {
    return function(handler, memory, timeout, Start.SNAPSHOT, environment);
  }

  private ChatFunction function(
      Class<?> handler,
      int memory,
      Duration timeout,
      Start start,
      Map<Setting, String> environment) {
    ChatFunction function =
        new ChatFunction(this, handler, code, memory, timeout, start, environment, context);
    functions.add(function);
    return function;
  }

  private EnumMap<Setting, String> databaseSettings() {
    return databaseSettings(data.servingSecret());
  }

  private EnumMap<Setting, String> databaseSettings(ISecret login) {
    EnumMap<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(DATABASE_ARN, data.database().getClusterArn());
    settings.put(DATABASE_SECRET_ARN, login.getSecretArn());
    settings.put(DATABASE_NAME, DataStack.DATABASE_NAME);
    return settings;
  }

  private EnumMap<Setting, String> connectionSettings() {
    EnumMap<Setting, String> settings = new EnumMap<>(Setting.class);
    settings.put(CONNECTIONS_TABLE, data.connectionsTable().getTableName());
    settings.put(CONNECTIONS_ENDPOINT, socketApi.callbackUrl());
    return settings;
  }

  private void allowStatements(ChatFunction function) {
    allowDatabase(function, data.servingSecret(), "rds-data:ExecuteStatement");
  }

  private void allowDatabase(ChatFunction function, ISecret login, String... actions) {
    function.allow(List.of(actions), data.database().getClusterArn());
    // The Data API reads the secret in the name of its caller.
    allowSecret(function, login.getSecretArn());
  }

  private void allowTable(ChatFunction function, String... actions) {
    function.allow(List.of(actions), data.connectionsTable().getTableArn());
  }

  private static void allowSecret(ChatFunction function, String arn) {
    function.allow(List.of("secretsmanager:GetSecretValue"), arn);
  }
}
