package parley.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.template.Deployment;

class SecretsTest {
  @TempDir Path folder;
  private final Deployment deployment =
      Deployment.of(
          Map.of(
              "S",
              """
              {"Resources": {
                "Db": {"Type": "AWS::RDS::DBCluster", "Properties": {"DatabaseName": "parley"}},
                "DbSecret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "db",
                  "GenerateSecretString": {"GenerateStringKey": "password", "PasswordLength": 30,
                    "ExcludeCharacters": " /@", "SecretStringTemplate": "{\\"username\\":\\"u\\"}"}}},
                "Attachment": {"Type": "AWS::SecretsManager::SecretTargetAttachment", "Properties": {
                  "SecretId": {"Ref": "DbSecret"}, "TargetId": {"Ref": "Db"},
                  "TargetType": "AWS::RDS::DBCluster"}},
                "Jwt": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "jwt",
                  "GenerateSecretString": {"ExcludePunctuation": true, "PasswordLength": 64}}}}}
              """));

  @Test
  void secretsAreGeneratedAsTheTemplateSays() throws IOException {
    Secrets secrets = open(Map.of());
    assertThat(secrets.value("jwt").orElseThrow()).matches("[A-Za-z0-9]{64}");
    JsonNode database = new ObjectMapper().readTree(secrets.value("db").orElseThrow());
    assertThat(database.path("username").asText()).isEqualTo("u");
    assertThat(database.path("password").asText()).hasSize(30).doesNotContain("/", "@", " ");
    assertThat(database.path("dbname").asText()).isEqualTo("parley");
  }

  @Test
  void secretsSurviveARestartInAFileThatOnlyItsOwnerReads() throws IOException {
    String first = open(Map.of()).value("jwt").orElseThrow();
    assertThat(open(Map.of()).value("jwt")).hasValue(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aGivenSigningSecretIsUsedAndNotKept() throws IOException {
    String arn = arn("Jwt");
    String given = "x".repeat(32);
    assertThat(open(Map.of(arn, given)).value(arn)).hasValue(given);
    assertThat(Files.readString(file())).doesNotContain(given);
    assertThat(open(Map.of()).value(arn).orElseThrow()).isNotEqualTo(given);
  }

  @Test
  void aShortSigningSecretIsRefused() {
    assertThatThrownBy(() -> open(Map.of(arn("Jwt"), "short")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JWT_SECRET has 5 bytes, it needs at least 32");
  }

  private String arn(String logicalId) {
    return deployment.ofType("AWS::SecretsManager::Secret").stream()
        .filter(secret -> secret.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow()
        .ref();
  }

  private Secrets open(Map<String, String> given) {
    return Secrets.open(deployment, file(), given, Clock.systemUTC());
  }

  private Path file() {
    return folder.resolve("secrets.json");
  }
}
