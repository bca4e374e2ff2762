package parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.bench.client.Api;
import parley.bench.client.Device;
import parley.bench.client.Dialect;
import parley.local.LocalRuntime;

/**
 * Two friends, one of whom is connected and has joined their conversation, so that the samples of
 * events can be played with effect.
 *
 * @param connection the id of that connection
 * @param token of the friend who is connected
 */
record Scene(
    HttpClient client,
    Device phone,
    String connection,
    String token,
    String user,
    String conversation,
    String message)
    implements AutoCloseable {
  private static final Path SAMPLES = Path.of("..", "events", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Scene set(LocalRuntime system) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    Api api = new Api(client, system.httpUrl());
    String ann = api.register("ann");
    String ben = api.register("ben");
    String bensId = api.id(ben);
    api.befriend(ann, ben);
    String conversation = api.conversation(ann, ben);
    String message =
        api.call(
                "POST",
                "/messages",
                "{\"conversationId\":\"%s\",\"content\":\"hello\"}".formatted(conversation),
                ben)
            .at("/message/id")
            .asText();
    Device phone = Device.connect(client, URI.create(system.webSocketUrl()), Dialect.PLAIN, ben);
    phone.request("join_conversation", "\"" + conversation + "\"");
    return new Scene(client, phone, Connections.only(system), ben, bensId, conversation, message);
  }

  /** The events that a function is measured with, by what they are; the first is the usual one. */
  Map<String, byte[]> events(String function) throws IOException {
    Map<String, byte[]> events = new LinkedHashMap<>();
    switch (function) {
      case "HttpFunction" -> {
        events.put("GET /messages", http("GET", "/messages", ""));
        events.put(
            "POST /messages",
            http("POST", "/messages", said("\"conversationId\":\"%s\",\"content\":\"hello\"")));
        events.put("GET /conversations", http("GET", "/conversations", ""));
        events.put("GET /friends", http("GET", "/friends", ""));
        events.put("GET /sync", http("GET", "/sync", ""));
        events.put(
            "POST /auth/login",
            http(
                "POST",
                "/auth/login",
                "{\"email\":\"ben@example.com\",\"password\":\"a long password\"}"));
      }
      case "SocketFunction" -> {
        events.put(
            "send_message",
            said("send_message", "\"conversationId\":\"%s\",\"content\":\"hello\""));
        events.put("typing", said("typing", "\"conversationId\":\"%s\",\"typing\":true"));
        events.put("message_read", said("message_read", "\"conversationId\":\"%s\",\"seq\":1"));
        events.put("react", socket(frame("react", about("\"emojis\":[\"👍\"]"))));
        events.put("edit_message", socket(frame("edit_message", about("\"content\":\"hello\""))));
      }
      case "AuthorizerFunction" -> events.put("$connect", sample("authorizer/connect.json"));
      case "DeliveryFunction" -> {
        events.put("a delivery", sample("delivery/frame.json"));
        events.put(
            "presence",
            "{\"presence\":{\"users\":[\"%s\"]}}".formatted(user).getBytes(StandardCharsets.UTF_8));
      }
      case "KeepaliveFunction" -> events.put("a tick", sample("keepalive/tick.json"));
      case "SweepFunction" -> events.put("a tick", sample("sweep/tick.json"));
      default -> events.put("a deployment", sample("migration/deployment.json"));
    }
    return events;
  }

  private static String frame(String event, String data) {
    return "{\"event\":\"%s\",\"id\":1,\"data\":%s}".formatted(event, data);
  }

  private String said(String fields) {
    return "{" + fields.formatted(conversation) + "}";
  }

  private byte[] said(String event, String fields) throws IOException {
    return socket(frame(event, said(fields)));
  }

  private String about(String fields) {
    return "{\"messageId\":\"%s\",%s}".formatted(message, fields);
  }

  private byte[] socket(String body) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(sample("socket/message.json"));
    return JSON.writeValueAsBytes(event.put("body", body));
  }

  private byte[] http(String method, String path, String body) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(sample("http/get.json"));
    event.put("rawPath", path);
    event.withObject("/headers").put("content-type", "application/json");
    event.withObject("/requestContext/http").put("method", method);
    if (!body.isEmpty()) {
      event.put("body", body);
    }
    if (!path.equals("/messages") || !body.isEmpty()) {
      event.remove("queryStringParameters");
    }
    return JSON.writeValueAsBytes(event);
  }

  /** A sample whose made-up people, connections and tokens are those of this scene. */
  private byte[] sample(String name) throws IOException {
    String event = Files.readString(SAMPLES.resolve(name));
    Map<String, String> living = new LinkedHashMap<>();
    living.put("VNRUSeldSwMCIRQ=", connection);
    living.put("made-up.access.token", token);
    living.put("01939f6e-1c2d-7a3b-8c4d-5e6f708192a3", user);
    living.put("01939f70-2b3c-7d4e-9f50-617283940a1b", conversation);
    // Of what the authorizer says of a connection, the samples have the shape alone.
    living.put(
        "\"tokenExpiresAt\": \"1795367045\"",
        "\"protocol\": \"PLAIN\", \"userId\": \"%s\", \"expiresAt\": \"2095367045\""
            .formatted(user));
    living.put("1795359845678", Long.toString(Instant.now().toEpochMilli()));
    for (Map.Entry<String, String> value : living.entrySet()) {
      event = event.replace(value.getKey(), value.getValue());
    }
    return event.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    phone.close();
    client.close();
  }
}
