package parley.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;
import parley.auth.SigningKey;
import parley.auth.TokenService;
import parley.platform.Setting;
import parley.user.UserId;

/** The signing secret is the same to every function, on every stand-in for Secrets Manager. */
@ParameterizedClass
@EnumSource
class SigningKeyOnAwsTest {
  private final AwsServices services;

  SigningKeyOnAwsTest(Aws aws) {
    services = aws.services();
  }

  @Test
  void whatOneFunctionSignsAnotherOneVerifies() {
    UserId user = new UserId(UUID.randomUUID());
    String token = tokens().issueAccess(user);

    assertThat(tokens().verifyAccess(token).userId()).isEqualTo(user);
  }

  private TokenService tokens() {
    String secret = services.config().require(Setting.JWT_SECRET_ARN);
    return new TokenService(
        new SigningKey(
            () ->
                services
                    .clients()
                    .secretsManager()
                    .getSecretValue(request -> request.secretId(secret))
                    .secretString()),
        Clock.systemUTC());
  }
}
