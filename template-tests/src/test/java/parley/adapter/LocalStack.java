package parley.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import parley.local.template.Deployment;

/**
 * LocalStack: the one that {@value #ENDPOINT_PROPERTY} names, else a container. docs/judges.md says
 * what it proves.
 */
final class LocalStack {
  /** {@code -Dlocalstack.endpoint=http://...} names one that runs; judges/localstack.sh does so. */
  static final String ENDPOINT_PROPERTY = "localstack.endpoint";

  /** {@code -Dlocalstack.image=...} names another image. */
  static final String IMAGE_PROPERTY = "localstack.image";

  /** The last image that starts without an account's token; later images end with status 55. */
  static final String IMAGE = "localstack/localstack:4.14.0";

  /** What an image that wants an account's token is given, if the environment has it. */
  private static final String TOKEN_VARIABLE = "LOCALSTACK_AUTH_TOKEN";

  /** Pulling the image is not counted. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private LocalStack() {}

  /** Uses the one that runs, or starts a container; aborts the test where there is neither. */
  static AwsServices start() {
    Deployment deployment = Deployment.read(null);
    String endpoint = System.getProperty(ENDPOINT_PROPERTY);
    return SigningSecret.at(endpoint == null ? startContainer() : URI.create(endpoint), deployment);
  }

  /** Starts a container, which Testcontainers removes at the end. */
  private static URI startContainer() {
    requireDocker(() -> DockerClientFactory.instance().isDockerAvailable());
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(System.getProperty(IMAGE_PROPERTY, IMAGE))
                    .asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("dynamodb", "secretsmanager")
            // Loaded at first use, DynamoDB would take longer than a try of our client waits.
            .withEnv("EAGER_SERVICE_LOADING", "1")
            .withStartupTimeout(PATIENCE);
    String token = System.getenv(TOKEN_VARIABLE);
    if (token != null) {
      container.withEnv(TOKEN_VARIABLE, token);
    }
    container.start();
    return container.getEndpoint();
  }

  /** Aborts the test that runs, which is then reported as skipped, unless there is Docker. */
  static void requireDocker(BooleanSupplier available) {
    Assumptions.assumeTrue(
        available,
        "LocalStack needs Docker or -Dlocalstack.endpoint, and no Docker engine answers here; the"
            + " same tests ran on the stand-in in this JVM");
  }
}
