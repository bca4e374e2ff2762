package parley.local.gateway;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The gateway's surroundings.
 *
 * @param port the port to listen on, 0 for any free one
 * @param clock tells the events' times, and when a connection is idle or too old
 * @param random the source of connection ids and request ids
 * @param log takes one line for each request; never a body, a query string or a token
 */
public record GatewayOptions(
    int port,
    String region,
    String accountId,
    Clock clock,
    RandomGenerator random,
    Limits limits,
    Consumer<String> log) {

  /**
   * What a test may want otherwise than AWS has it.
   *
   * @param httpTimeout how long an HTTP integration may take, in real time
   * @param socketTimeout how long a WebSocket integration or authorizer may take, in real time
   * @param sendBufferBytes how much may wait for a client that does not read, before posts to it
   *     are refused with 429; AWS does not tell its own value
   * @param sweepInterval how often, in real time, idle and old connections are looked for
   */
  public record Limits(
      Duration httpTimeout, Duration socketTimeout, int sendBufferBytes, Duration sweepInterval) {
    /** The limits that AWS documents. */
    public static Limits ofAws() {
      return new Limits(
          Duration.ofSeconds(30), Duration.ofSeconds(29), 1 << 20, Duration.ofSeconds(1));
    }

    public Limits withTimeouts(Duration timeout) {
      return new Limits(timeout, timeout, sendBufferBytes, sweepInterval);
    }

    public Limits withSweepInterval(Duration sweepInterval) {
      return new Limits(httpTimeout, socketTimeout, sendBufferBytes, sweepInterval);
    }
  }

  /** Any free port, the system's clock, secure randomness, AWS's limits and no log. */
  public static GatewayOptions of(String region, String accountId) {
    return new GatewayOptions(
        0, region, accountId, Clock.systemUTC(), new SecureRandom(), Limits.ofAws(), line -> {});
  }

  public GatewayOptions withPort(int port) {
    return new GatewayOptions(port, region, accountId, clock, random, limits, log);
  }

  public GatewayOptions withClock(Clock clock) {
    return new GatewayOptions(port, region, accountId, clock, random, limits, log);
  }

  public GatewayOptions withLimits(Limits limits) {
    return new GatewayOptions(port, region, accountId, clock, random, limits, log);
  }

  public GatewayOptions withLog(Consumer<String> log) {
    return new GatewayOptions(port, region, accountId, clock, random, limits, log);
  }
}
