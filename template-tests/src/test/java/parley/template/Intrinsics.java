package parley.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes a template's value as one readable text: what is only known on AWS stands in ${}. */
final class Intrinsics {
  private Intrinsics() {}

  static String text(JsonNode value) {
    if (value.isValueNode()) {
      return value.asText();
    }
    if (value.size() != 1) {
      throw new AssertionError("not an intrinsic function: " + value);
    }
    String function = value.fieldNames().next();
    JsonNode argument = value.path(function);
    return switch (function) {
      case "Ref", "Fn::ImportValue" -> "${" + text(argument) + "}";
      case "Fn::GetAtt" -> "${" + join(".", argument) + "}";
      case "Fn::Join" -> join(argument.path(0).asText(), argument.path(1));
      case "Fn::Sub" -> argument.asText();
      default -> throw new AssertionError("not known here: " + function);
    };
  }

  private static String join(String separator, JsonNode parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(Intrinsics::text)
        .collect(Collectors.joining(separator));
  }
}
