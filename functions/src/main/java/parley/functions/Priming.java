package parley.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import parley.auth.SigningKey;
import parley.auth.TokenService;
import parley.functions.failure.Failures;
import parley.platform.Config;
import parley.platform.aws.AwsClients;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.platform.log.Log;
import parley.user.UserId;

/**
 * What a function does around SnapStart's snapshot. Before it, the function answers the events of
 * its rehearsal ({@code rehearsal/<function>.json}) with AWS played by {@code
 * rehearsal/answers.json}: decoding, tokens, SQL, the table of connections, posts and encoding are
 * then loaded, linked and compiled, and nothing has left the process. After it, whatever must not
 * be the same in all the environments that start from one snapshot is renewed.
 *
 * <p>Time needs no renewal: it is read from the clock whenever it is wanted and never kept.
 */
final class Priming {
  /** The JVM compiles what runs often. */
  private static final int ROUNDS = 20;

  /** In the place of a request's id and of the function's name. */
  private static final String REHEARSED = "rehearsed";

  private static final int SECRET_BYTES = 64;
  private static final int SEED_BYTES = 32;
  private static final UserId NOBODY = new UserId(new UUID(0, 0));

  private final Config config;
  private final AwsClients aws;
  private final Clock clock;
  private final SecureRandom random;
  private final List<Runnable> renewals = new ArrayList<>();

  Priming(Config config, AwsClients aws, Clock clock, SecureRandom random) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
    this.random = random;
  }

  /** Adds something to be done after a restore, and after a rehearsal, which leaves nothing. */
  void renewBy(Runnable renewal) {
    renewals.add(renewal);
  }

  /**
   * Rehearses a function, if there are events for it. What fails is logged: a function that was not
   * rehearsed is slower at first and nothing worse.
   *
   * @param log where it does not get a line for what was only rehearsed
   */
  void rehearse(LambdaFunction function, Log log) {
    try {
      String name = function.getClass().getSimpleName();
      Optional<String> events = resource(name);
      if (events.isPresent()) {
        Script script = new Script(name);
        List<String> invocations = script.invocations(events.get());
        List<String> lines = new ArrayList<>();
        Log muted = log.to(lines::add);
        aws.rehearse(
            script::answer,
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                invocations.forEach(
                    event -> muted.invocation(REHEARSED, () -> function.answer(event, REHEARSED)));
              }
            });
        requireOk(lines);
      }
    } catch (RuntimeException e) {
      log.invocation("rehearsal", () -> Failures.explain(e));
    } finally {
      renewals.forEach(Runnable::run);
    }
  }

  /** What a client would be told went wrong was not rehearsed to its end. */
  private static void requireOk(List<String> lines) {
    lines.stream()
        .filter(line -> line.contains("\"outcome\":") && !line.contains("\"outcome\":\"OK\""))
        .findFirst()
        .ifPresent(
            line -> {
              throw new IllegalStateException(line);
            });
  }

  /** Makes this environment differ from all others that were restored from the same snapshot. */
  void renew() {
    random.setSeed(random.generateSeed(SEED_BYTES));
    aws.reconnect();
    renewals.forEach(Runnable::run);
  }

  /** One rehearsal's events and answers, with a secret that signs nothing else. */
  private final class Script {
    private final String function;
    private final Map<String, String> values = new HashMap<>(config.environment());
    private final JsonObject answers;

    private Script(String function) {
      this.function = function;
      byte[] secretBytes = new byte[SECRET_BYTES];
      random.nextBytes(secretBytes);
      String secret = Base64.getEncoder().encodeToString(secretBytes);
      Instant now = clock.instant();
      Instant expiry = now.plus(Duration.ofHours(1));
      values.put("secret", secret);
      values.put(
          "token", new TokenService(new SigningKey(() -> secret), clock).issueAccess(NOBODY));
      values.put("now", now.toString());
      values.put("nowMillis", Long.toString(now.toEpochMilli()));
      values.put("expiry", expiry.toString());
      values.put("expirySeconds", Long.toString(expiry.getEpochSecond()));
      answers = Json.readObject(fill(resource("answers").orElseThrow()));
    }

    private List<String> invocations(String events) {
      if (Json.read(fill(events)) instanceof List<?> list) {
        return list.stream().map(Json::write).toList();
      }
      throw new IllegalStateException("a rehearsal is a list of events");
    }

    /** What this function is answered, or else what all are. */
    private String answer(String operation) {
      Object own = answers.value(function + " " + operation);
      return Json.write(
          own == null ? Objects.requireNonNullElse(answers.value(operation), Map.of()) : own);
    }

    private String fill(String template) {
      String filled = template;
      for (Map.Entry<String, String> value : values.entrySet()) {
        filled = filled.replace("{" + value.getKey() + "}", value.getValue());
      }
      return filled;
    }
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = Priming.class.getResourceAsStream("rehearsal/" + name + ".json")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
