package parley.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.local.lambda.Functions;
import parley.local.lambda.Invocation;

/** Calls functions and waits for them as long as an integration may take. */
final class Integrations {
  /** Lambda's limit on an event and on an answer. */
  static final int MAXIMUM_PAYLOAD_BYTES = 6 * 1024 * 1024;

  private final Functions functions;

  Integrations(Functions functions) {
    this.functions = functions;
  }

  /** How an invocation ended. */
  sealed interface Outcome {
    /** The function answered with this JSON. */
    record Answered(JsonNode payload) implements Outcome {}

    /** The handler threw, or there is no such function, or its answer is no JSON. */
    record Failed(String errorMessage) implements Outcome {}

    /** The function did not answer in time; it goes on, and nobody waits for it. */
    record TimedOut() implements Outcome {}
  }

  Outcome invoke(String functionArn, JsonNode event, Duration timeout) {
    return invoke(functionArn, bytes(event), timeout);
  }

  Outcome invoke(String functionArn, byte[] event, Duration timeout) {
    FutureTask<Invocation> task = new FutureTask<>(() -> functions.invoke(functionArn, event));
    Thread.ofVirtual().name("integration").start(task);
    try {
      return outcome(task.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Outcome.TimedOut();
    } catch (ExecutionException e) {
      return new Outcome.Failed(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  static byte[] bytes(JsonNode event) {
    try {
      return Json.MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private static Outcome outcome(Invocation invocation) {
    if (invocation.payload().length > MAXIMUM_PAYLOAD_BYTES) {
      return new Outcome.Failed("Response payload size exceeded maximum allowed payload size");
    }
    try {
      JsonNode payload = Json.MAPPER.readTree(invocation.payload());
      return invocation.failed()
          ? new Outcome.Failed(payload.path("errorMessage").asText())
          : new Outcome.Answered(payload instanceof MissingNode ? Json.nothing() : payload);
    } catch (IOException e) {
      return new Outcome.Failed("not JSON");
    }
  }
}
