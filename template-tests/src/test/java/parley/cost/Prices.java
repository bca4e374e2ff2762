package parley.cost;

import parley.local.usage.Meter;

/**
 * AWS's prices in US dollars, us-east-1, without free tiers and at the first step of each scale, as
 * AWS's price pages had them in November 2026.
 */
final class Prices {
  static final double CONNECTION_MINUTE = 0.25 / 1e6;
  static final double LAMBDA_GIGABYTE_SECOND = 0.0000133334;
  static final double AURORA_CAPACITY_UNIT_HOUR = 0.12;
  static final double AURORA_GIGABYTE_MONTH = 0.10;
  static final double AURORA_IO = 0.20 / 1e6;
  static final double LOG_GIGABYTE = 0.50;
  static final double SECRET_MONTH = 0.40;
  static final double KEY_MONTH = 1.00;
  static final double ALARM_MONTH = 0.10;
  static final double DASHBOARD_MONTH = 3.00;

  private Prices() {}

  /** Of one unit. */
  static double of(Meter meter) {
    return switch (meter) {
      case HTTP_REQUESTS, SOCKET_MESSAGES -> 1.00 / 1e6;
      case INVOCATIONS -> 0.20 / 1e6;
      case DATA_API_REQUESTS -> 0.35 / 1e6;
      case READ_UNITS -> 0.125 / 1e6;
      case WRITE_UNITS -> 0.625 / 1e6;
      case SECRET_CALLS -> 0.05 / 1e4;
    };
  }
}
