package parley.campaign;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.EventFault;
import parley.local.faults.Faults;

/**
 * Faults by chance. Which calls and events meet which fault follows from the seed alone: the n-th
 * call of an operation meets the same one in every run of that seed. Only how the calls of clients
 * that run at the same time are numbered is the machine's.
 */
final class SeededFaults implements Faults {
  private static final double CALL_RATE = 0.012;
  private static final double EVENT_RATE = 0.3;

  /** What a service answers that is overloaded, and one that fails. */
  private record Errors(int throttledStatus, String throttled, String failed) {}

  private static final Map<String, Errors> ERRORS =
      Map.of(
          "dynamodb",
              new Errors(400, "ProvisionedThroughputExceededException", "InternalServerError"),
          "execute-api", new Errors(429, "LimitExceededException", "InternalServerError"),
          "lambda", new Errors(429, "TooManyRequestsException", "ServiceException"),
          "rds-data", new Errors(400, "ThrottlingException", "InternalServerErrorException"),
          "secretsmanager", new Errors(400, "ThrottlingException", "InternalServiceError"));

  private final Map<String, LongAdder> happened = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> asked = new ConcurrentHashMap<>();
  private final Set<String> open = new ConcurrentSkipListSet<>();
  private final AtomicInteger throttledPosts = new AtomicInteger();
  private final Consumer<String> cut;
  private volatile boolean active;
  private volatile long seed;

  /**
   * @param cut cuts a connection at the gateway
   */
  SeededFaults(Consumer<String> cut) {
    this.cut = cut;
  }

  /** Starts the sequence of this seed. */
  void begin(long newSeed) {
    seed = newSeed;
    asked.clear();
    throttledPosts.set(0);
    active = true;
  }

  /** Nothing goes wrong any more. */
  void end() {
    active = false;
    throttledPosts.set(0);
  }

  /** Answers the next posts to connections, whichever they are, with 429. */
  void throttlePosts(int posts) {
    throttledPosts.set(posts);
  }

  /** Cuts every second connection at the gateway, so that posts to it are answered with 410. */
  void cutHalf() {
    List<String> connections = List.copyOf(open);
    for (int i = 0; i < connections.size(); i += 2) {
      count("410: connection cut in a storm");
      cut.accept(connections.get(i));
    }
  }

  void count(String kind) {
    happened.computeIfAbsent(kind, name -> new LongAdder()).increment();
  }

  /** How often each kind of fault happened since the start. */
  Map<String, Long> happened() {
    Map<String, Long> counts = new TreeMap<>();
    happened.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  @Override
  public CallFault onCall(String service, AwsRequest request) {
    if (!active) {
      return CallFault.NONE;
    }
    boolean post = service.equals("execute-api") && request.method().equals("POST");
    if (post && throttledPosts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      count("429 in a storm");
      return new CallFault.Failed(Moment.BEFORE, 429, "LimitExceededException");
    }
    SplittableRandom random = random(service + request.caller().name());
    return random.nextDouble() < CALL_RATE
        ? fault(service, post ? connectionId(request) : "", random)
        : CallFault.NONE;
  }

  private CallFault fault(String service, String connectionId, SplittableRandom random) {
    Errors errors =
        ERRORS.getOrDefault(service, new Errors(503, "ServiceUnavailable", "InternalFailure"));
    return switch (random.nextInt(connectionId.isEmpty() ? 8 : 9)) {
      case 0 -> counted(service + ": function killed before", new CallFault.Killed(Moment.BEFORE));
      case 1 -> counted(service + ": function killed after", new CallFault.Killed(Moment.AFTER));
      case 2 ->
          counted(service + ": function timed out before", new CallFault.TimedOut(Moment.BEFORE));
      case 3 ->
          counted(service + ": function timed out after", new CallFault.TimedOut(Moment.AFTER));
      case 4 ->
          counted(
              service + ": throttled",
              new CallFault.Failed(Moment.BEFORE, errors.throttledStatus(), errors.throttled()));
      case 5 ->
          counted(service + ": failed", new CallFault.Failed(Moment.BEFORE, 500, errors.failed()));
      case 6 ->
          counted(
              service + ": took effect, answered with an error",
              new CallFault.Failed(Moment.AFTER, 500, errors.failed()));
      case 7 ->
          counted(
              service + ": slow", new CallFault.Slow(Duration.ofMillis(1L << random.nextInt(11))));
      default -> {
        cut.accept(connectionId);
        yield counted("410: connection cut at a post", CallFault.NONE);
      }
    };
  }

  @Override
  public EventFault onConnect(String connectionId) {
    open.add(connectionId);
    SplittableRandom random = random("$connect");
    if (!active || random.nextDouble() >= EVENT_RATE) {
      return EventFault.NONE;
    }
    return random.nextBoolean()
        ? counted("$connect late", new EventFault.Late(milliseconds(300, random)))
        : counted("$connect twice", new EventFault.Twice(milliseconds(1_500, random)));
  }

  @Override
  public EventFault onDisconnect(String connectionId) {
    open.remove(connectionId);
    SplittableRandom random = random("$disconnect");
    if (!active || random.nextDouble() >= EVENT_RATE) {
      return EventFault.NONE;
    }
    return switch (random.nextInt(3)) {
      case 0 -> counted("$disconnect late", new EventFault.Late(milliseconds(1_500, random)));
      case 1 -> counted("$disconnect twice", new EventFault.Twice(milliseconds(1_500, random)));
      default -> counted("$disconnect lost", new EventFault.Lost());
    };
  }

  private <F> F counted(String kind, F fault) {
    count(kind);
    return fault;
  }

  private SplittableRandom random(String sequence) {
    long number = asked.computeIfAbsent(sequence, name -> new AtomicLong()).incrementAndGet();
    return new SplittableRandom(
        new SplittableRandom(seed + sequence.hashCode()).nextLong() + number);
  }

  private static Duration milliseconds(int atMost, SplittableRandom random) {
    return Duration.ofMillis(random.nextInt(atMost) + 1L);
  }

  private static String connectionId(AwsRequest request) {
    String path = request.path().replace("%3D", "=").replace("%3d", "=");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
