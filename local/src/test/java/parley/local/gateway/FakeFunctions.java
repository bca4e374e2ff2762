package parley.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.local.aws.AwsException;
import parley.local.lambda.Functions;
import parley.local.lambda.Invocation;

/** Functions that a test writes on the spot; every event that they get is kept. */
final class FakeFunctions implements Functions {
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();

  /** A function's handler: answers with JSON, or throws. */
  interface Handler {
    String handle(JsonNode event) throws Exception;
  }

  void on(String functionArn, Handler handler) {
    handlers.put(functionArn, handler);
  }

  /** The next event that the function got, in order; waits for it. */
  JsonNode event(String functionArn) {
    try {
      JsonNode event = events(functionArn).poll(10, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event for " + functionArn);
      }
      return event;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int waitingEvents(String functionArn) {
    return events(functionArn).size();
  }

  @Override
  public Invocation invoke(String functionArn, byte[] event) {
    Handler handler = handlers.get(functionArn);
    if (handler == null) {
      throw new AwsException(404, "ResourceNotFoundException", "no function " + functionArn);
    }
    JsonNode json = parse(event);
    events(functionArn).add(json);
    try {
      return new Invocation(handler.handle(json).getBytes(StandardCharsets.UTF_8), false);
    } catch (Exception e) {
      String error = "{\"errorMessage\":\"" + e.getMessage() + "\",\"errorType\":\"x\"}";
      return new Invocation(error.getBytes(StandardCharsets.UTF_8), true);
    }
  }

  @Override
  public void invokeAsync(String functionArn, byte[] event) {
    throw new UnsupportedOperationException("the gateway invokes synchronously");
  }

  static JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(byte[] json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BlockingQueue<JsonNode> events(String functionArn) {
    return events.computeIfAbsent(functionArn, arn -> new LinkedBlockingQueue<>());
  }
}
