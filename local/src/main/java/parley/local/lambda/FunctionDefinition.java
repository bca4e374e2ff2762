package parley.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.local.template.Resource;
import parley.local.template.TemplateException;
import parley.platform.log.Log;

/**
 * A function of the template.
 *
 * @param arn without a qualifier
 * @param logGroup the name of the log group that its lines go to
 * @param handler the name of a class, with the method's name after {@code ::} if it is given
 */
public record FunctionDefinition(
    String logicalId,
    String name,
    String arn,
    String logGroup,
    String handler,
    String roleArn,
    Map<String, String> environment,
    Duration timeout,
    int memoryMegabytes) {

  /**
   * Reads a function, with CloudFormation's defaults: 3 seconds, 128 MB.
   *
   * @throws TemplateException if it is not one for Java
   */
  public static FunctionDefinition read(Resource resource) {
    String runtime = resource.requireText("Runtime");
    if (!runtime.startsWith("java")) {
      throw new TemplateException(
          resource.described() + " is for " + runtime + "; only functions in Java run here");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> variable :
        resource.property("Environment.Variables").properties()) {
      String value = variable.getValue().asText();
      if (value.contains("{{resolve:")) {
        throw new TemplateException(
            "%s: the variable %s is a dynamic reference, which is not supported"
                .formatted(resource.described(), variable.getKey()));
      }
      environment.put(variable.getKey(), value);
    }
    // Lambda tells the level itself, and only for logs in JSON.
    resource
        .text("LoggingConfig.ApplicationLogLevel")
        .ifPresent(level -> environment.put(Log.LEVEL_VARIABLE, level));
    return new FunctionDefinition(
        resource.logicalId(),
        resource.ref(),
        resource.attribute("Arn"),
        resource.text("LoggingConfig.LogGroup").orElse("/aws/lambda/" + resource.ref()),
        resource.requireText("Handler"),
        resource.requireText("Role"),
        Map.copyOf(environment),
        Duration.ofSeconds(resource.number("Timeout", 3)),
        resource.number("MemorySize", 128));
  }
}
