package parley.adapter;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** LocalStack in a container; docs/localstack.md says more of it. */
final class LocalStack {
  /** {@code -Dlocalstack.image=...} names another image. */
  static final String IMAGE_PROPERTY = "localstack.image";

  /** The last release that starts without an account's token; later ones end with status 55. */
  static final String IMAGE = "localstack/localstack:4.14.0";

  /** What an image that wants an account's token is given, if the environment has it. */
  private static final String TOKEN_VARIABLE = "LOCALSTACK_AUTH_TOKEN";

  /** Pulling the image is not counted. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private LocalStack() {}

  /** Starts it, or aborts the test that asks for it; Testcontainers removes it at the end. */
  static AwsServices start() {
    requireDocker(() -> DockerClientFactory.instance().isDockerAvailable());
    Deployment deployment = Deployment.read(null);
    LocalStackContainer container =
        new LocalStackContainer(
                DockerImageName.parse(System.getProperty(IMAGE_PROPERTY, IMAGE))
                    .asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("dynamodb", "secretsmanager")
            .withStartupTimeout(PATIENCE);
    String token = System.getenv(TOKEN_VARIABLE);
    if (token != null) {
      container.withEnv(TOKEN_VARIABLE, token);
    }
    container.start();
    return AwsServices.at(
        container.getEndpoint(),
        deployment,
        createSigningSecret(
            deployment, AwsServices.clients(container.getEndpoint()).secretsManager()));
  }

  /** Aborts the test that runs, which is then reported as skipped, unless there is Docker. */
  static void requireDocker(BooleanSupplier available) {
    Assumptions.assumeTrue(
        available,
        "LocalStack needs Docker, and no Docker engine answers here; the same tests ran on the"
            + " stand-in in this JVM");
  }

  /** Makes the secret as CloudFormation does: at random, as the template wants it. */
  private static String createSigningSecret(Deployment deployment, SecretsManagerClient secrets) {
    Resource secret =
        deployment
            .find("AWS::SecretsManager::Secret", InThisJvm.signingSecret(deployment))
            .orElseThrow();
    String value =
        secrets
            .getRandomPassword(
                request ->
                    request
                        .passwordLength(
                            (long) secret.number("GenerateSecretString.PasswordLength", 32))
                        .excludePunctuation(
                            secret.property("GenerateSecretString.ExcludePunctuation").asBoolean()))
            .randomPassword();
    return secrets
        .createSecret(request -> request.name(secret.logicalId()).secretString(value))
        .arn();
  }
}
