package parley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsEndpoint;
import parley.local.aws.AwsService;
import parley.local.aws.CallLedger;
import parley.local.aws.Callers;
import parley.local.aws.FrontDoor;
import parley.local.dynamodb.DynamoDbServer;
import parley.local.dynamodb.DynamoDbService;
import parley.local.faults.GuardedService;
import parley.local.faults.UnreliableEvents;
import parley.local.gateway.ApiGateway;
import parley.local.gateway.GatewayOptions;
import parley.local.gateway.HttpApiDefinition;
import parley.local.gateway.WebSocketApiDefinition;
import parley.local.lambda.FunctionHost;
import parley.local.lambda.Functions;
import parley.local.lambda.LambdaService;
import parley.local.postgres.PostgresServer;
import parley.local.process.PackagedFunctions;
import parley.local.rdsdata.RdsDataService;
import parley.local.schedule.Schedules;
import parley.local.secrets.Secrets;
import parley.local.secrets.SecretsService;
import parley.local.template.Account;
import parley.local.template.Deployment;
import parley.local.template.TemplateException;
import parley.local.usage.MeteredFunctions;
import parley.local.usage.MeteredService;
import parley.local.usage.Usage;

/** The system that the template describes, running on this machine until it is closed. */
public final class LocalRuntime implements AutoCloseable {
  private final RuntimeOptions options;
  private final Deployment deployment;
  private final CallLedger ledger;
  private final Usage usage = new Usage();
  private final Callers callers;
  private final Parts parts = new Parts();
  private final FunctionHost functions;
  private final Functions billed;
  private @Nullable PostgresServer postgres;
  private @Nullable FrontDoor frontDoor;
  private @Nullable ApiGateway gateway;
  private @Nullable RdsDataService rdsData;
  private @Nullable Schedules schedules;
  private String stage = "";
  private Map<String, String> accessKeys = Map.of();

  private LocalRuntime(RuntimeOptions options) {
    this.options = options;
    this.deployment = Deployment.read(options.templates());
    this.ledger = new CallLedger(options.clock());
    this.callers = new Callers(ledger);
    this.functions = new FunctionHost(deployment, options.retryDelay(), options.log());
    this.billed = new MeteredFunctions(functions, usage);
  }

  /**
   * Boots the system and returns when it answers requests.
   *
   * @throws BootException or {@link TemplateException} with the reason, if it cannot start; nothing
   *     is left running then
   */
  public static LocalRuntime start(RuntimeOptions options) {
    LocalRuntime runtime = new LocalRuntime(options);
    try {
      runtime.boot();
      return runtime;
    } catch (RuntimeException e) {
      try {
        runtime.close();
      } catch (RuntimeException whileClosing) {
        e.addSuppressed(whileClosing);
      }
      throw e;
    }
  }

  private void boot() {
    // What the template alone tells is checked first: it takes no time.
    Apis apis = new Apis(deployment);
    HttpApiDefinition httpApi = apis.http();
    WebSocketApiDefinition webSocketApi = apis.webSocket();
    Schedules due = new Schedules(deployment, billed, options.clock());
    FunctionLoader loader = new FunctionLoader(options, deployment, callers, functions);
    loader.check();
    stage = webSocketApi.stage();
    requireFree(options.port());
    DataFolder data = parts.keep(DataFolder.open(options.data(), options.fresh()));
    AwsEndpoint aws = new AwsEndpoint(callers, this::report);
    FrontDoor door = parts.keep(new FrontDoor(options.awsPort(), aws));
    frontDoor = door;
    openDoor(door);
    Stores stores = new Stores(options, deployment);
    CompletableFuture<DynamoDbServer> dynamoDb =
        CompletableFuture.supplyAsync(() -> stores.startDynamoDb(data));
    try {
      Secrets secrets = stores.openSecrets(data);
      aws.add(guarded(new SecretsService(secrets)));
      postgres = stores.startPostgres(data);
      if (postgres != null) {
        parts.keep(postgres);
      }
      rdsData = parts.keep(stores.dataApi(postgres, secrets));
      aws.add(guarded(rdsData));
    } finally {
      // Also when the database fails, so that this is closed too.
      parts.keep(join(dynamoDb));
    }
    aws.add(guarded(new DynamoDbService(join(dynamoDb))));
    aws.add(guarded(new LambdaService(functions)));
    parts.keep(functions);
    accessKeys = loader.load(aws, packaged(door.port()));
    schedules = parts.keep(due);
    new Triggers(deployment, functions).run();
    gateway = parts.keep(startGateway(httpApi, webSocketApi));
    aws.add(guarded(gateway.connections()));
    if (options.schedulesRun()) {
      schedules.start();
    }
  }

  private AwsService guarded(AwsService service) {
    return new MeteredService(
        new GuardedService(service, functions.executions(), options.faults()), usage);
  }

  private @Nullable PackagedFunctions packaged(int awsPort) {
    return options.jar() == null
        ? null
        : parts.keep(new PackagedFunctions(options.jar(), awsPort, options.log()));
  }

  /** The gateway starts last, so that nothing is answered too early; its port is tried first. */
  private static void requireFree(int port) {
    if (port != 0) {
      try {
        new ServerSocket(port).close();
      } catch (IOException e) {
        throw taken(port, e);
      }
    }
  }

  private static BootException taken(int port, Exception cause) {
    return new BootException("port %d is taken; PORT names another one".formatted(port), cause);
  }

  private void openDoor(FrontDoor door) {
    try {
      door.start();
    } catch (IOException e) {
      throw new BootException(
          "port %d for the AWS services is taken; AWS_PORT names another one"
              .formatted(options.awsPort()),
          e);
    }
  }

  private ApiGateway startGateway(HttpApiDefinition httpApi, WebSocketApiDefinition webSocketApi) {
    GatewayOptions gatewayOptions =
        GatewayOptions.of(Account.REGION, Account.ID)
            .withPort(options.port())
            .withClock(options.clock())
            .withLog(options.log());
    try {
      return ApiGateway.start(
          gatewayOptions, new UnreliableEvents(billed, options.faults()), httpApi, webSocketApi);
    } catch (UncheckedIOException e) {
      throw taken(options.port(), e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void report(Throwable fault) {
    options.log().accept("fault of the local runtime: " + fault);
    fault.printStackTrace();
  }

  /** What was started, one line each, for a person to read. */
  public List<String> started() {
    List<String> names = new ArrayList<>();
    names.add(postgres == null ? "Postgres of DATABASE_URL" : "Postgres 17");
    deployment
        .ofType("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table")
        .forEach(table -> names.add("DynamoDB table " + table.ref()));
    functions
        .definitions()
        .forEach(function -> names.add("function " + function.handler().replaceFirst(".*\\.", "")));
    return names;
  }

  /** The HTTP API: {@code http://localhost:3000}. */
  public String httpUrl() {
    return "http://localhost:" + require(gateway).port();
  }

  /** The WebSocket API: {@code ws://localhost:3000/ws}. */
  public String webSocketUrl() {
    return "ws://localhost:%d/%s".formatted(require(gateway).port(), stage);
  }

  /** The AWS services: {@code http://localhost:4566}. */
  public String awsUrl() {
    return require(frontDoor).url();
  }

  /** All calls that functions and people made to AWS services. */
  public CallLedger ledger() {
    return ledger;
  }

  /** Who calls AWS services, and what they may do. */
  public Callers callers() {
    return callers;
  }

  /** What AWS would bill for all that was done so far. */
  public Usage usage() {
    return usage;
  }

  /** The functions, to invoke them or to see what became of their events. */
  public FunctionHost functions() {
    return functions;
  }

  /** The system as the template describes it: names, ARNs, outputs. */
  public Deployment deployment() {
    return deployment;
  }

  /** The gateway, to cut connections. */
  public ApiGateway gateway() {
    return require(gateway);
  }

  /** The Postgres server, to make it fail; none if DATABASE_URL named another one. */
  public PostgresServer postgres() {
    return require(postgres);
  }

  /** The Data API, to pause its cluster. */
  public RdsDataService rdsData() {
    return require(rdsData);
  }

  /** The schedules, to run what is due. */
  public Schedules schedules() {
    return require(schedules);
  }

  /**
   * The access key id that makes a call a function's; any secret goes with it.
   *
   * @param functionLogicalId in the template
   */
  public String accessKey(String functionLogicalId) {
    return require(accessKeys.get(functionLogicalId));
  }

  private static <T> T require(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("this part of the runtime does not run");
    }
    return part;
  }

  @Override
  public void close() {
    parts.close();
  }
}
