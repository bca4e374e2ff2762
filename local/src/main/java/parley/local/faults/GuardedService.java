package parley.local.faults;

import java.time.Duration;
import java.util.Optional;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;
import parley.local.faults.CallFault.Moment;
import parley.local.lambda.Execution;
import parley.local.lambda.Executions;

/**
 * A service as running functions reach it: through whatever goes wrong on the way, and no more once
 * their execution is over. Others than functions reach it always.
 */
public final class GuardedService implements AwsService {
  private final AwsService service;
  private final Executions executions;
  private final Faults faults;

  public GuardedService(AwsService service, Executions executions, Faults faults) {
    this.service = service;
    this.executions = executions;
    this.faults = faults;
  }

  @Override
  public String signingName() {
    return service.signingName();
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    String id = request.headers().get(Execution.HEADER);
    if (id == null) {
      return service.handle(request);
    }
    Optional<Execution> execution = executions.find(id);
    if (execution.isEmpty()) {
      throw over();
    }
    return handle(request, execution.get());
  }

  private AwsResponse handle(AwsRequest request, Execution execution) {
    return switch (faults.onCall(signingName(), request)) {
      case CallFault.Slow slow -> {
        sleep(slow.delay());
        if (execution.isOver()) {
          throw over();
        }
        yield service.handle(request);
      }
      case CallFault.Killed killed -> throw end(killed.moment(), request, execution::kill);
      case CallFault.TimedOut timedOut -> throw end(timedOut.moment(), request, execution::timeOut);
      case CallFault.Failed failed -> {
        if (failed.moment() == Moment.AFTER) {
          var _ = service.handle(request);
        }
        throw new AwsException(failed.status(), failed.code(), "as the faults would have it");
      }
    };
  }

  private AwsException end(Moment moment, AwsRequest request, Runnable end) {
    try {
      if (moment == Moment.AFTER) {
        var _ = service.handle(request);
      }
    } finally {
      end.run();
    }
    return over();
  }

  /** Nobody is there to read it. */
  private static AwsException over() {
    return new AwsException(400, "ExecutionOver", "the function that called runs no more");
  }

  private static void sleep(Duration delay) {
    if (delay.isPositive()) {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
