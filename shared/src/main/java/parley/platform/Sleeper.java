package parley.platform;

import java.time.Duration;

/** Lets a thread pause; injected, as a clock is, so that a test need not wait. */
@FunctionalInterface
public interface Sleeper {
  /** Pauses in real time. */
  Sleeper SYSTEM = Thread::sleep;

  /**
   * Pauses this thread.
   *
   * @throws InterruptedException if it was interrupted meanwhile
   */
  void sleep(Duration pause) throws InterruptedException;
}
