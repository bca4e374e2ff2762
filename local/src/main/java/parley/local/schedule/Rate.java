package parley.local.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate expression of EventBridge, {@code rate(5 minutes)}; the unit is singular for 1 and plural
 * for more, as EventBridge asks
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html).
 */
final class Rate {
  private static final Pattern EXPRESSION =
      Pattern.compile("rate\\((?:1 (minute|hour|day)|([2-9]|[1-9]\\d{1,5}) (minute|hour|day)s)\\)");

  private Rate() {}

  /**
   * @throws IllegalArgumentException if it is no rate expression
   */
  static Duration parse(String expression) {
    Matcher matcher = EXPRESSION.matcher(expression);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a rate expression: " + expression);
    }
    boolean one = matcher.group(1) != null;
    long count = one ? 1 : Long.parseLong(matcher.group(2));
    return switch (one ? matcher.group(1) : matcher.group(3)) {
      case "minute" -> Duration.ofMinutes(count);
      case "hour" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
