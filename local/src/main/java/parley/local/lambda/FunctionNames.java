package parley.local.lambda;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;
import parley.local.template.Account;
import parley.local.template.Deployment;
import parley.local.template.Resource;

/** The functions, versions and aliases of a deployment, by all the names that Lambda takes. */
final class FunctionNames {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:arn:[^:]+:lambda:[^:]+:\\d{12}:function:|\\d{12}:function:)?"
              + "([A-Za-z0-9_-]+)(?::([A-Za-z0-9$_-]+))?");

  /**
   * What a name means.
   *
   * @param arn with the qualifier, if one was given
   * @param version {@code $LATEST} or a version's number
   */
  record Target(String functionName, String arn, String version) {}

  private final Map<String, Target> targets = new HashMap<>();

  FunctionNames(Deployment deployment) {
    for (Resource function : deployment.ofType("AWS::Lambda::Function")) {
      String arn = function.attribute("Arn");
      targets.put(arn, new Target(function.ref(), arn, "$LATEST"));
      targets.put(arn + ":$LATEST", new Target(function.ref(), arn + ":$LATEST", "$LATEST"));
    }
    for (Resource version : deployment.ofType("AWS::Lambda::Version")) {
      add(version.ref(), version.attribute("Version"));
    }
    for (Resource alias : deployment.ofType("AWS::Lambda::Alias")) {
      add(alias.ref(), alias.requireText("FunctionVersion"));
    }
  }

  private void add(String arn, String version) {
    Matcher matcher = NAME.matcher(arn);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no function's ARN: " + arn);
    }
    targets.put(arn, new Target(matcher.group(1), arn, version));
  }

  /** All ARNs, with and without qualifiers. */
  List<String> arns() {
    return targets.keySet().stream().sorted().toList();
  }

  /**
   * Finds a function by name, partial ARN or ARN.
   *
   * @param qualifier a version or alias given apart from the name
   * @throws AwsException as Lambda answers, if it does not exist
   */
  Target find(String name, @Nullable String qualifier) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new AwsException(
          400, "ValidationException", "Value '" + name + "' at 'functionName' is not valid");
    }
    String suffix = matcher.group(2);
    if (suffix != null && qualifier != null && !suffix.equals(qualifier)) {
      throw new AwsException(
          400,
          "InvalidParameterValueException",
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    suffix = suffix == null ? qualifier : suffix;
    String arn =
        Account.arn(
            "lambda", "function:" + matcher.group(1) + (suffix == null ? "" : ":" + suffix));
    Target target = targets.get(arn);
    if (target == null) {
      throw new AwsException(404, "ResourceNotFoundException", "Function not found: " + arn);
    }
    return target;
  }
}
