package parley.adapter;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The stand-ins for AWS on which the adapters are tested. Each starts once, at its first use. */
public enum Aws {
  /** DynamoDB Local and the local runtime's Secrets Manager, in this JVM. */
  IN_THIS_JVM,
  /** LocalStack: one that runs already, or a container. Skipped where there is neither. */
  LOCALSTACK,
  /** A moto server that runs already. Skipped where there is none. */
  MOTO;

  private static final Map<Aws, OneStart> STARTS = new EnumMap<>(Aws.class);

  /** Its services, running. Throws what the one start threw, at every call. */
  public AwsServices services() {
    OneStart start;
    synchronized (STARTS) {
      start = STARTS.computeIfAbsent(this, aws -> new OneStart(aws::start));
    }
    return start.services();
  }

  private AwsServices start() {
    return switch (this) {
      case IN_THIS_JVM -> InThisJvm.start();
      case LOCALSTACK -> LocalStack.start();
      case MOTO -> Moto.start();
    };
  }

  /**
   * Starts services at most once and remembers a failure: each test would otherwise wait for the
   * same start again, and report what the repetition met instead of the cause.
   */
  static final class OneStart {
    private final Supplier<AwsServices> start;
    private Supplier<AwsServices> outcome;

    OneStart(Supplier<AwsServices> start) {
      this.start = start;
      this.outcome = this::first;
    }

    synchronized AwsServices services() {
      return outcome.get();
    }

    private AwsServices first() {
      try {
        AwsServices services = start.get();
        outcome = () -> services;
        return services;
      } catch (RuntimeException | Error failure) {
        outcome =
            () -> {
              throw failure;
            };
        throw failure;
      }
    }
  }
}
