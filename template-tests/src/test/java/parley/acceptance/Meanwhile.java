package parley.acceptance;

import java.util.concurrent.atomic.AtomicInteger;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.Faults;

/** Has something done, to its end, just before the n-th call of a service that a function makes. */
final class Meanwhile implements Faults {
  private final String function;
  private final int call;
  private final Runnable what;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param function the simple name of its handler
   */
  Meanwhile(String function, int call, Runnable what) {
    this.function = function;
    this.call = call;
    this.what = what;
  }

  @Override
  public CallFault onCall(String service, AwsRequest request) {
    if (request.caller().name().startsWith(function) && calls.incrementAndGet() == call) {
      what.run();
    }
    return CallFault.NONE;
  }

  /** Whether it was done. */
  boolean isDone() {
    return calls.get() >= call;
  }
}
