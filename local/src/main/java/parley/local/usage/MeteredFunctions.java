package parley.local.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import parley.local.lambda.Functions;
import parley.local.lambda.Invocation;

/**
 * The functions as API Gateway and the schedules call them: the requests and messages that are
 * handed on are billed, and so is each invocation. A retry after a failure is not counted.
 */
public final class MeteredFunctions implements Functions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Functions functions;
  private final Usage usage;

  public MeteredFunctions(Functions functions, Usage usage) {
    this.functions = functions;
    this.usage = usage;
  }

  @Override
  public Invocation invoke(String functionArn, byte[] event) {
    count(event);
    return functions.invoke(functionArn, event);
  }

  @Override
  public void invokeAsync(String functionArn, byte[] event) {
    count(event);
    functions.invokeAsync(functionArn, event);
  }

  private void count(byte[] event) {
    usage.add(Meter.INVOCATIONS, 1);
    JsonNode read;
    try {
      read = JSON.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int body = read.path("body").asText().length();
    if (read.path("requestContext").has("http")) {
      usage.addBySize(Meter.HTTP_REQUESTS, body, 512);
    } else if (read.at("/requestContext/eventType").asText().equals("MESSAGE")) {
      usage.addBySize(Meter.SOCKET_MESSAGES, body, 32);
    }
  }
}
