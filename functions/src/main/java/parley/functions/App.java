package parley.functions;

import java.time.Clock;
import parley.platform.Config;
import parley.platform.aws.AwsClients;

/** The composition root: everything that a function needs is made here with plain {@code new}. */
@SuppressWarnings("UnusedVariable")
public final class App {
  private final Config config;
  private final AwsClients aws;
  private final Clock clock;

  /** The application of a function that runs on Lambda. */
  public static App onLambda() {
    return new App(new Config(System.getenv()), new AwsClients(), Clock.systemUTC());
  }

  public App(Config config, AwsClients aws, Clock clock) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
  }
}
