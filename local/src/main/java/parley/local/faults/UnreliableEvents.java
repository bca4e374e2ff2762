package parley.local.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import parley.local.lambda.Functions;
import parley.local.lambda.Invocation;

/** Functions as the gateway calls them, with what goes wrong with the events of connections. */
public final class UnreliableEvents implements Functions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Functions functions;
  private final Faults faults;

  public UnreliableEvents(Functions functions, Faults faults) {
    this.functions = functions;
    this.faults = faults;
  }

  @Override
  public Invocation invoke(String functionArn, byte[] event) {
    JsonNode context = parse(event).path("requestContext");
    String connectionId = context.path("connectionId").asText();
    return switch (context.path("eventType").asText()) {
      case "CONNECT" -> connect(functionArn, event, faults.onConnect(connectionId));
      case "DISCONNECT" -> disconnect(functionArn, event, faults.onDisconnect(connectionId));
      default -> functions.invoke(functionArn, event);
    };
  }

  private Invocation connect(String functionArn, byte[] event, EventFault fault) {
    Invocation answer = functions.invoke(functionArn, event);
    switch (fault) {
      case EventFault.Late late -> sleep(late.delay());
      case EventFault.Twice twice -> again(functionArn, event, twice.delay());
      case EventFault.Lost _ -> {}
    }
    return answer;
  }

  private Invocation disconnect(String functionArn, byte[] event, EventFault fault) {
    return switch (fault) {
      case EventFault.Late late -> {
        sleep(late.delay());
        yield functions.invoke(functionArn, event);
      }
      case EventFault.Twice twice -> {
        again(functionArn, event, twice.delay());
        yield functions.invoke(functionArn, event);
      }
      case EventFault.Lost _ -> new Invocation("{\"statusCode\": 200}".getBytes(UTF_8), false);
    };
  }

  private void again(String functionArn, byte[] event, Duration delay) {
    Thread.ofVirtual()
        .name("again")
        .start(
            () -> {
              sleep(delay);
              var _ = functions.invoke(functionArn, event);
            });
  }

  @Override
  public void invokeAsync(String functionArn, byte[] event) {
    functions.invokeAsync(functionArn, event);
  }

  private static JsonNode parse(byte[] event) {
    try {
      return JSON.readTree(event);
    } catch (IOException e) {
      throw new IllegalStateException("the gateway's events are JSON", e);
    }
  }

  private static void sleep(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
