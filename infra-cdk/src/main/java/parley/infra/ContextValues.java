package parley.infra;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.constructs.Node;

/**
 * The values of the CDK context as they are read. Every error names the key, its value and what the
 * value must be.
 */
record ContextValues(Node node) {
  /** A value, if one is set; an empty one counts as none. */
  Optional<String> find(String key) {
    // The command line gives strings, cdk.json may give numbers and booleans too.
    @Nullable Object value = node.tryGetContext(key);
    return Optional.ofNullable(value).map(Object::toString).filter(text -> !text.isEmpty());
  }

  String text(String key, String standard) {
    return find(key).orElse(standard);
  }

  /**
   * A value that fits a pattern, if one is set.
   *
   * @param wanted what it must be, for the message
   */
  Optional<String> find(String key, Pattern pattern, String wanted) {
    Optional<String> found = find(key);
    found
        .filter(value -> !pattern.matcher(value).matches())
        .ifPresent(
            value -> {
              throw invalid(key, value, wanted);
            });
    return found;
  }

  boolean flag(String key, boolean standard) {
    String value = text(key, String.valueOf(standard));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(key, value, "true or false");
    };
  }

  /** Aurora's capacity units, which come in halves. */
  double capacity(String key, String standard, double least, double most) {
    String value = text(key, standard);
    String wanted = "capacity units from " + number(least) + " to " + number(most) + " in halves";
    double units;
    try {
      units = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw invalid(key, value, wanted);
    }
    boolean halves = units * 2 == Math.rint(units * 2);
    if (!halves || units < least || units > most) {
      throw invalid(key, value, wanted);
    }
    return units;
  }

  static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  static IllegalArgumentException invalid(String key, String value, String wanted) {
    return new IllegalArgumentException(
        "the context value %s=%s is not valid: it must be %s".formatted(key, value, wanted));
  }
}
