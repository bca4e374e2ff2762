package parley.acceptance;

import java.time.Duration;
import parley.platform.Sleeper;

/** The functions' pauses, in real time unless they are skipped. */
final class TestSleeper implements Sleeper {
  private volatile boolean skipped;

  /** Runs this while nobody pauses. */
  void skipWhile(Runnable action) {
    skipped = true;
    try {
      action.run();
    } finally {
      skipped = false;
    }
  }

  @Override
  public void sleep(Duration pause) throws InterruptedException {
    Thread.sleep(skipped ? Duration.ZERO : pause);
  }
}
