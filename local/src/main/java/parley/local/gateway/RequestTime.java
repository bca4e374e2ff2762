package parley.local.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The form of a time in a request context, {@code 19/Jan/2023:21:13:26 +0000}. */
final class RequestTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RequestTime() {}

  static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
