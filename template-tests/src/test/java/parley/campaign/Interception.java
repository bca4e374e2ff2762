package parley.campaign;

import java.util.concurrent.atomic.AtomicInteger;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** Kills a function at one call of a service that a test chooses. */
final class Interception implements Faults {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String function = "";
  private volatile int killedAt;
  private volatile Moment moment = Moment.BEFORE;
  private volatile boolean failing;

  /**
   * Counts the calls from now on.
   *
   * @param part of the function's name; calls of others do not count
   */
  void watch(String part) {
    killAt(part, Integer.MAX_VALUE, Moment.BEFORE);
  }

  /** Kills the function at its {@code call}-th call from now on, counted from 1. */
  void killAt(String part, int call, Moment when) {
    function = part;
    killedAt = call;
    moment = when;
    calls.set(0);
  }

  /** How many calls there were since. */
  int calls() {
    return calls.get();
  }

  /** Whether the call came at which the function was to be killed. */
  boolean hasKilled() {
    return calls.get() >= killedAt;
  }

  /** Whether all posts but those of the asynchronous function fail. */
  void failPosts(boolean fail) {
    failing = fail;
  }

  @Override
  public CallFault onCall(String service, AwsRequest request) {
    String caller = request.caller().name();
    if (caller.contains(function) && calls.incrementAndGet() == killedAt) {
      return new CallFault.Killed(moment);
    }
    return failing && service.equals("execute-api") && !caller.contains("Delivery")
        ? new CallFault.Failed(Moment.BEFORE, 500, "InternalServerError")
        : CallFault.NONE;
  }
}
