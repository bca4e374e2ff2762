package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.WebSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/** The Java client, as an Android app runs it. */
final class JavaDevice extends SocketIoDevice {
  private static final long PATIENCE_SECONDS = 20;

  private final Map<String, String> auth = new ConcurrentHashMap<>();
  private final Socket socket;

  JavaDevice(URI url, String token) {
    auth.put("token", token);
    socket =
        IO.socket(
            url,
            IO.Options.builder()
                .setPath("/ws")
                .setTransports(new String[] {WebSocket.NAME})
                .setForceNew(true)
                .setAuth(auth)
                .build());
    socket.on(Socket.EVENT_CONNECT, args -> tell("connect", "", MissingNode.getInstance()));
    socket.on(
        Socket.EVENT_DISCONNECT,
        args -> tell("disconnect", args[0].toString(), MissingNode.getInstance()));
    socket.on(
        Socket.EVENT_CONNECT_ERROR,
        args ->
            tell(
                "connect_error",
                args[0] instanceof JSONObject error ? error.optString("message") : "" + args[0],
                args[0] instanceof JSONObject error
                    ? Json.read(error.toString()).path("data")
                    : MissingNode.getInstance()));
    socket.onAnyIncoming(args -> tell("event", args[0].toString(), Json.read(args[1].toString())));
    var _ = socket.connect();
  }

  @Override
  JsonNode ask(String event, Object data) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    var _ =
        socket.emit(event, convert(data), (Ack) args -> answer.complete(String.valueOf(args[0])));
    try {
      return Json.read(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError("the answer to " + event + " did not come; " + all(), e);
    }
  }

  @Override
  void emit(String event, Object data) {
    var _ = socket.emit(event, convert(data));
  }

  private static Object convert(Object data) {
    try {
      return data instanceof Map<?, ?> map ? new JSONObject(Json.write(map)) : data;
    } catch (JSONException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  void authenticate(String token) {
    auth.put("token", token);
  }

  @Override
  void connectAgain() {
    var _ = socket.connect();
  }

  @Override
  public void close() {
    var _ = socket.close();
  }
}
