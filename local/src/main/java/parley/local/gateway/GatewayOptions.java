package parley.local.gateway;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The gateway's surroundings and limits; {@link #of} gives AWS's values.
 *
 * @param port the port to listen on, 0 for any free one
 * @param clock tells the events' times, and when a connection is idle or too old
 * @param random the source of connection ids and request ids
 * @param httpTimeout how long an HTTP integration may take, in real time
 * @param socketTimeout how long a WebSocket integration or authorizer may take, in real time
 * @param sendBufferBytes how much may wait for a client that does not read, before posts to it are
 *     refused with 429; AWS does not tell its own value
 * @param sweepInterval how often, in real time, idle and old connections are looked for
 * @param log takes one line for each request; never a body, a query string or a token
 */
public record GatewayOptions(
    int port,
    String region,
    String accountId,
    Clock clock,
    RandomGenerator random,
    Duration httpTimeout,
    Duration socketTimeout,
    int sendBufferBytes,
    Duration sweepInterval,
    Consumer<String> log) {
  public static GatewayOptions of(String region, String accountId) {
    return new GatewayOptions(
        0,
        region,
        accountId,
        Clock.systemUTC(),
        new SecureRandom(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(29),
        1 << 20,
        Duration.ofSeconds(1),
        line -> {});
  }

  public GatewayOptions withPort(int port) {
    return new GatewayOptions(
        port,
        region,
        accountId,
        clock,
        random,
        httpTimeout,
        socketTimeout,
        sendBufferBytes,
        sweepInterval,
        log);
  }

  public GatewayOptions withClock(Clock clock) {
    return new GatewayOptions(
        port,
        region,
        accountId,
        clock,
        random,
        httpTimeout,
        socketTimeout,
        sendBufferBytes,
        sweepInterval,
        log);
  }

  /** Other integration timeouts, for tests that cannot wait for AWS's 30 and 29 seconds. */
  public GatewayOptions withTimeouts(Duration httpTimeout, Duration socketTimeout) {
    return new GatewayOptions(
        port,
        region,
        accountId,
        clock,
        random,
        httpTimeout,
        socketTimeout,
        sendBufferBytes,
        sweepInterval,
        log);
  }

  public GatewayOptions withSweepInterval(Duration sweepInterval) {
    return new GatewayOptions(
        port,
        region,
        accountId,
        clock,
        random,
        httpTimeout,
        socketTimeout,
        sendBufferBytes,
        sweepInterval,
        log);
  }

  public GatewayOptions withLog(Consumer<String> log) {
    return new GatewayOptions(
        port,
        region,
        accountId,
        clock,
        random,
        httpTimeout,
        socketTimeout,
        sendBufferBytes,
        sweepInterval,
        log);
  }
}
