package parley.acceptance;

import java.time.Duration;

/** How long tests wait for what must happen. */
final class Patience {
  private static final Duration USUAL = Duration.ofSeconds(20);

  private static volatile Duration now = USUAL;

  private Patience() {}

  static Duration now() {
    return now;
  }

  /** Has everybody wait no longer than this while it runs, as where it is not to happen. */
  static void during(Duration patience, Runnable action) {
    now = patience;
    try {
      action.run();
    } finally {
      now = USUAL;
    }
  }
}
