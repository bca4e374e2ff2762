package parley.acceptance;

import java.util.concurrent.atomic.AtomicInteger;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Killed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** Kills the function that answers HTTP at one of the calls of services that it makes. */
final class KillAt implements Faults {
  private final AtomicInteger calls = new AtomicInteger();
  private final int call;
  private final Moment moment;

  /**
   * @param moment before or after the call takes effect
   */
  KillAt(int call, Moment moment) {
    this.call = call;
    this.moment = moment;
  }

  @Override
  public CallFault onCall(String service, AwsRequest request) {
    return request.caller().name().startsWith("HttpFunction") && calls.incrementAndGet() == call
        ? new Killed(moment)
        : CallFault.NONE;
  }

  /** How many calls were made. */
  int calls() {
    return calls.get();
  }
}
