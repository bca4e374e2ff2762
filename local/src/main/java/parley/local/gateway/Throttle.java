package parley.local.gateway;

/**
 * A stage's limit on requests or messages; what exceeds it is answered with 429.
 *
 * @param ratePerSecond how many are let through in the long run
 * @param burst how many may come at once
 */
public record Throttle(double ratePerSecond, int burst) {}
