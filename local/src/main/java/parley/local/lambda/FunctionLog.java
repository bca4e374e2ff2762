package parley.local.lambda;

import java.util.function.Consumer;
import parley.local.aws.AwsException;
import parley.local.aws.Caller;
import parley.local.template.Account;

/**
 * Where a function's lines go, as to CloudWatch Logs on AWS: Lambda writes them in the name of the
 * function's role, and what the role may not write is lost in silence. Each line is written as if
 * it were the first of its environment, which begins a log stream.
 */
public final class FunctionLog implements Consumer<String> {
  private final Caller function;
  private final String stream;
  private final Consumer<String> log;

  /**
   * @param logGroup the name of the function's log group
   * @param log takes the lines that may be written
   */
  public FunctionLog(Caller function, String logGroup, Consumer<String> log) {
    this.function = function;
    this.stream = Account.arn("logs", "log-group:" + logGroup + ":log-stream:local");
    this.log = log;
  }

  @Override
  public void accept(String line) {
    try {
      function.check("logs:CreateLogStream", stream);
      function.check("logs:PutLogEvents", stream);
    } catch (AwsException e) {
      return;
    }
    log.accept(line);
  }
}
