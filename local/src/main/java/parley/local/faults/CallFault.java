package parley.local.faults;

import java.time.Duration;

/** What goes wrong with one call of a service. */
public sealed interface CallFault {
  CallFault NONE = new Slow(Duration.ZERO);

  /** The call takes effect only after a while. */
  record Slow(Duration delay) implements CallFault {}

  /** The function is killed, as by a fault of its machine; nothing it does later has an effect. */
  record Killed(Moment moment) implements CallFault {}

  /**
   * The service is so slow that the function's time is over: Lambda ends it. As nobody can tell
   * this from the wait itself, no time passes here.
   */
  record TimedOut(Moment moment) implements CallFault {}

  /**
   * The caller gets an error of the service.
   *
   * @param moment whether the call took effect nonetheless
   * @param code the error's name in the service's model
   */
  record Failed(Moment moment, int status, String code) implements CallFault {}

  /** When a call fails. */
  enum Moment {
    /** The call has no effect. */
    BEFORE,
    /** The call has taken effect, and its answer is lost. */
    AFTER
  }
}
