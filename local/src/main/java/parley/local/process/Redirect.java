package parley.local.process;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends here what an AWS client asks of AWS's own hosts, so that a path that the product gets wrong
 * (a stage's, say) is wrong here too. It is handed to a function's process as a file of its own and
 * so uses no other class of this module.
 */
public final class Redirect implements ExecutionInterceptor {
  /** The system property with the port of the AWS services on this machine. */
  static final String PORT = "parley.aws.port";

  private final int port = Integer.getInteger(PORT);

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().protocol("http").host("localhost").port(port).build();
  }
}
