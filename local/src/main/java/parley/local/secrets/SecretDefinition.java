package parley.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.local.template.Deployment;
import parley.local.template.Resource;

/**
 * A secret of the template.
 *
 * @param recipe its GenerateSecretString, or a missing node
 * @param fixed its SecretString, or empty
 * @param attached what the attachment to a database adds to the secret's JSON
 */
record SecretDefinition(
    String logicalId,
    String name,
    String arn,
    JsonNode recipe,
    String fixed,
    Map<String, String> attached) {

  static List<SecretDefinition> read(Deployment deployment) {
    Map<String, Map<String, String>> attachments = new LinkedHashMap<>();
    for (Resource attachment : deployment.ofType("AWS::SecretsManager::SecretTargetAttachment")) {
      deployment
          .find("AWS::RDS::DBCluster", attachment.requireText("TargetId"))
          .ifPresent(cluster -> attachments.put(attachment.ref(), connection(cluster)));
    }
    List<SecretDefinition> secrets = new ArrayList<>();
    for (Resource secret : deployment.ofType("AWS::SecretsManager::Secret")) {
      String name = secret.ref().replaceFirst("^.*:secret:", "").replaceFirst("-[^-]{6}$", "");
      secrets.add(
          new SecretDefinition(
              secret.logicalId(),
              name,
              secret.ref(),
              secret.property("GenerateSecretString"),
              secret.text("SecretString").orElse(""),
              attachments.getOrDefault(secret.ref(), Map.of())));
    }
    return secrets;
  }

  private static Map<String, String> connection(Resource cluster) {
    Map<String, String> connection = new LinkedHashMap<>();
    connection.put("engine", "postgres");
    connection.put("host", cluster.attribute("Endpoint.Address"));
    connection.put("port", cluster.attribute("Endpoint.Port"));
    connection.put("dbname", cluster.text("DatabaseName").orElse("postgres"));
    connection.put("dbClusterIdentifier", cluster.ref());
    return connection;
  }
}
