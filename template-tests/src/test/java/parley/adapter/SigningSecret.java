package parley.adapter;

import java.net.URI;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secret that signs tokens, on a stand-in that knows nothing of the template. */
final class SigningSecret {
  private SigningSecret() {}

  /**
   * The services behind an endpoint, with a new secret and a new table as the template has them.
   */
  static AwsServices at(URI endpoint, Deployment deployment) {
    return AwsServices.at(
        endpoint, deployment, create(deployment, AwsServices.clients(endpoint).secretsManager()));
  }

  /** Makes the secret as CloudFormation does: at random, as the template wants it. */
  private static String create(Deployment deployment, SecretsManagerClient secrets) {
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
