package parley.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.StackProps;

/**
 * The CDK app: the data in one stack, what computes in another that can be replaced without it, and
 * what an account has only once in a third.
 *
 * <p>The {@code cdk} command starts it as {@code cdk.json} says, after building the functions' jar.
 * The stacks are bound to no account, and to no region but by the context: they go where the
 * command's credentials lead.
 */
public final class ParleyApp {
  private ParleyApp() {}

  /**
   * Synthesizes into the directory that the {@code cdk} command names.
   *
   * @param arguments the path of the functions' jar
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("the path of the functions' jar is wanted");
    }
    Path jar = Path.of(arguments[0]).toAbsolutePath().normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "the functions' jar is missing: %s; ./mvnw package -pl functions -am builds it"
              .formatted(jar));
    }
    App app = new App(AppProps.builder().analyticsReporting(false).build());
    addStacks(app, jar);
    app.synth();
  }

  /**
   * Adds the stacks to {@code app}, whose context is a {@link StageContext}.
   *
   * @param jar the code of every function; any file will do for a template that is not deployed
   * @throws IllegalArgumentException naming the key of a context value that is not valid
   */
  public static void addStacks(App app, Path jar) {
    StageContext context = StageContext.of(app.getNode());
    DataStack data =
        new DataStack(
            app,
            "ParleyData",
            properties(context)
                .stackName(context.stackName("data"))
                .description("Parley: the database, the connections table and the secrets")
                .terminationProtection(!context.throwaway())
                .build(),
            context);
    ApiStack api =
        new ApiStack(
            app,
            "ParleyApi",
            properties(context)
                .stackName(context.stackName("api"))
                .description("Parley: the HTTP and WebSocket APIs and their functions")
                .build(),
            context,
            data,
            jar);
    if (context.accessLogs() && context.accountLogRole()) {
      api.addStackDependency(account(app, context), "API Gateway refuses to log without its role");
    }
  }

  private static AccountStack account(App app, StageContext context) {
    return new AccountStack(
        app,
        "ParleyAccount",
        properties(context)
            .stackName(AccountStack.NAME)
            .description("Parley: what all stages of an account share in a region")
            .build());
  }

  private static StackProps.Builder properties(StageContext context) {
    StackProps.Builder properties = StackProps.builder();
    context
        .region()
        .ifPresent(region -> properties.env(Environment.builder().region(region).build()));
    return properties;
  }
}
