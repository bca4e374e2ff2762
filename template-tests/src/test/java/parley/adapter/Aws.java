package parley.adapter;

import java.util.EnumMap;
import java.util.Map;

/** The stand-ins for AWS that the adapters are tried on; each starts at first use, once. */
public enum Aws {
  /** DynamoDB Local and the local runtime's Secrets Manager, in this JVM. */
  IN_THIS_JVM,
  /** The LocalStack container; what asks for it is skipped where there is no Docker. */
  LOCALSTACK;

  private static final Map<Aws, AwsServices> RUNNING = new EnumMap<>(Aws.class);

  /** Its services, running. */
  public AwsServices services() {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(this, Aws::start);
    }
  }

  private AwsServices start() {
    return switch (this) {
      case IN_THIS_JVM -> InThisJvm.start();
      case LOCALSTACK -> LocalStack.start();
    };
  }
}
