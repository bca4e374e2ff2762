package parley.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.local.aws.Policy;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import parley.local.template.TemplateException;

/** What the roles of the template allow. */
final class Policies {
  /** AWS's own policies that are known here; this one allows the writing of logs, nothing else. */
  private static final Map<String, JsonNode> MANAGED =
      Map.of(
          "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
          new ObjectMapper()
              .createObjectNode()
              .set(
                  "Statement",
                  new ObjectMapper()
                      .createObjectNode()
                      .put("Effect", "Allow")
                      .put("Action", "logs:*")
                      .put("Resource", "*")));

  private final Deployment deployment;

  Policies(Deployment deployment) {
    this.deployment = deployment;
  }

  /** The role with an ARN. */
  Resource role(String arn) {
    return deployment
        .find("AWS::IAM::Role", arn)
        .orElseThrow(() -> new TemplateException("the template has no role " + arn));
  }

  /**
   * All that a role's policies say together.
   *
   * @throws TemplateException naming the role, if one cannot be evaluated
   */
  Policy of(Resource role) {
    List<JsonNode> documents = new ArrayList<>();
    for (JsonNode managed : role.property("ManagedPolicyArns")) {
      JsonNode document = MANAGED.get(managed.asText());
      if (document == null) {
        throw new TemplateException(
            role.described() + " has a managed policy that is not known here: " + managed.asText());
      }
      documents.add(document);
    }
    role.property("Policies").forEach(policy -> documents.add(policy.path("PolicyDocument")));
    for (Resource policy : deployment.ofType("AWS::IAM::Policy")) {
      for (JsonNode name : policy.property("Roles")) {
        if (name.asText().equals(role.ref())) {
          documents.add(policy.property("PolicyDocument"));
        }
      }
    }
    try {
      return Policy.of(role.described(), documents);
    } catch (IllegalArgumentException e) {
      throw new TemplateException(e.getMessage() == null ? "" : e.getMessage(), e);
    }
  }
}
