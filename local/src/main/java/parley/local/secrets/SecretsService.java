package parley.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;
import parley.local.template.Account;

/** Secrets Manager's API, as far as secrets are read with it. */
public final class SecretsService implements AwsService {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Secrets secrets;

  public SecretsService(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    String operation =
        request.headers().getOrDefault("x-amz-target", "").replaceFirst("^secretsmanager\\.", "");
    JsonNode input = input(request.body());
    ObjectNode output =
        switch (operation) {
          case "GetSecretValue" -> getSecretValue(request, input);
          case "DescribeSecret" -> describe(find(request, "DescribeSecret", input));
          case "ListSecrets" -> listSecrets(request);
          default ->
              throw new AwsException(
                  400,
                  "UnknownOperationException",
                  "Secrets are only read here: GetSecretValue, DescribeSecret and ListSecrets, not "
                      + operation);
        };
    return AwsResponse.json(200, output.toString());
  }

  private ObjectNode getSecretValue(AwsRequest request, JsonNode input) {
    Secrets.Secret secret = find(request, "GetSecretValue", input);
    String stage = input.path("VersionStage").asText("AWSCURRENT");
    String version = input.path("VersionId").asText(secret.versionId());
    if (!stage.equals("AWSCURRENT") || !version.equals(secret.versionId())) {
      throw new AwsException(
          400,
          "ResourceNotFoundException",
          "Secrets Manager can't find the specified secret value for this version.");
    }
    ObjectNode output = JSON.createObjectNode();
    output
        .put("ARN", secret.arn())
        .put("Name", secret.name())
        .put("VersionId", secret.versionId())
        .put("SecretString", secret.value())
        .put("CreatedDate", seconds(secret.created()));
    output.putArray("VersionStages").add("AWSCURRENT");
    return output;
  }

  private ObjectNode listSecrets(AwsRequest request) {
    request.caller().authorize("secretsmanager:ListSecrets", "*");
    ObjectNode output = JSON.createObjectNode();
    ArrayNode list = output.putArray("SecretList");
    secrets.all().forEach(secret -> list.add(describe(secret)));
    return output;
  }

  private static ObjectNode describe(Secrets.Secret secret) {
    ObjectNode output = JSON.createObjectNode();
    output
        .put("ARN", secret.arn())
        .put("Name", secret.name())
        .put("CreatedDate", seconds(secret.created()));
    return output;
  }

  private Secrets.Secret find(AwsRequest request, String operation, JsonNode input) {
    String id = input.path("SecretId").asText();
    String action = "secretsmanager:" + operation;
    Secrets.Secret secret = secrets.find(id).orElse(null);
    if (secret == null) {
      String arn = id.startsWith("arn:") ? id : Account.arn("secretsmanager", "secret:" + id);
      request.caller().authorize(action, arn);
      throw new AwsException(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    request.caller().authorize(action, secret.arn());
    return secret;
  }

  private static JsonNode input(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AwsException(400, "SerializationException", "The request is no JSON");
    }
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
