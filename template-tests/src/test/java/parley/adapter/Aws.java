package parley.adapter;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stand-ins for AWS that the adapters are tried on; each starts at first use, once. */
public enum Aws {
  /** DynamoDB Local and the local runtime's Secrets Manager, in this JVM. */
  IN_THIS_JVM(InThisJvm::start),
  /** The LocalStack container; what asks for it is skipped where there is no Docker. */
  LOCALSTACK(LocalStack::start);

  private final Supplier<AwsServices> start;
  private @Nullable AwsServices started;

  Aws(Supplier<AwsServices> start) {
    this.start = start;
  }

  /** Its services, running. */
  public synchronized AwsServices services() {
    AwsServices running = started;
    if (running == null) {
      running = start.get();
      started = running;
    }
    return running;
  }
}
