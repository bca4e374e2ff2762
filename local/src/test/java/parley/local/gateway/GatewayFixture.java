package parley.local.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import parley.local.MutableClock;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.Caller;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;
import parley.local.gateway.WebSocketApiDefinition.Route;

/** A gateway on a free port in front of fake functions, with clients for it. */
final class GatewayFixture implements AutoCloseable {
  static final String HTTP = "arn:http";
  static final String CONNECT = "arn:connect";
  static final String DISCONNECT = "arn:disconnect";
  static final String DEFAULT = "arn:default";
  static final String CHAT = "arn:chat";
  static final String AUTHORIZER = "arn:authorizer";

  static final HttpApiDefinition HTTP_API =
      new HttpApiDefinition("http4parley", "$default", Map.of("$default", HTTP));

  /** An API with all routes and no authorizer. */
  static final WebSocketApiDefinition OPEN_API = socketApi(Route.open(CONNECT));

  /** The same, with an authorizer. */
  static final WebSocketApiDefinition AUTHORIZED_API =
      socketApi(Route.authorized(CONNECT, new Authorizer(AUTHORIZER)));

  final FakeFunctions functions = new FakeFunctions();
  final MutableClock clock = new MutableClock();
  final List<String> log = new CopyOnWriteArrayList<>();
  final RecordingCaller caller = new RecordingCaller();
  final ApiGateway gateway;
  final HttpClient client = HttpClient.newHttpClient();

  GatewayFixture() {
    this(HTTP_API, OPEN_API);
  }

  GatewayFixture(HttpApiDefinition httpApi, WebSocketApiDefinition socketApi) {
    this(httpApi, socketApi, options -> options);
  }

  GatewayFixture(
      HttpApiDefinition httpApi,
      WebSocketApiDefinition socketApi,
      UnaryOperator<GatewayOptions> customization) {
    for (String arn : List.of(HTTP, CONNECT, DISCONNECT, DEFAULT, CHAT)) {
      functions.on(arn, event -> "{\"statusCode\":200}");
    }
    functions.on(AUTHORIZER, event -> policy("Allow", "*", "{}"));
    GatewayOptions options =
        GatewayOptions.of("us-east-1", "123456789012").withClock(clock).withLog(log::add);
    gateway = ApiGateway.start(customization.apply(options), functions, httpApi, socketApi);
  }

  static WebSocketApiDefinition socketApi(Route connect) {
    return new WebSocketApiDefinition(
        "ws4parley",
        "ws",
        "$request.body.event",
        Map.of(
            "$connect", connect,
            "$disconnect", Route.open(DISCONNECT),
            "$default", Route.open(DEFAULT),
            "chat", Route.open(CHAT)));
  }

  static String policy(String effect, String resource, String context) {
    return """
        {"principalId": "ada", "context": %s, "policyDocument": {"Version": "2012-10-17",
         "Statement": [{"Action": "execute-api:Invoke", "Effect": "%s", "Resource": "%s"}]}}
        """
        .formatted(context, effect, resource);
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + gateway.port() + path);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(headers(HttpRequest.newBuilder(uri(path)), headers).build());
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) {
    return send(
        headers(HttpRequest.newBuilder(uri(path)), headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request : request.headers(headers);
  }

  TestSocket connect() {
    return connect("/ws");
  }

  TestSocket connect(String path, String... subprotocols) {
    TestSocket socket = new TestSocket();
    var builder = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    if (subprotocols.length > 0) {
      builder.subprotocols(
          subprotocols[0],
          List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
    }
    builder.buildAsync(URI.create("ws://localhost:" + gateway.port() + path), socket).join();
    return socket;
  }

  /** The response that refuses a handshake. */
  HttpResponse<?> refusal(String path) {
    try {
      connect(path);
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse();
      }
      throw e;
    }
    throw new AssertionError("the handshake was not refused");
  }

  /** Connects and returns the connection's id with the socket. */
  Connected connected() {
    TestSocket socket = connect();
    String id = functions.event(CONNECT).at("/requestContext/connectionId").asText();
    return new Connected(socket, id);
  }

  record Connected(TestSocket socket, String id) {}

  AwsResponse manage(String method, String path, String body) {
    return manage(method, path, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  AwsResponse manage(String method, String path, byte[] body, Map<String, String> headers) {
    return gateway.connections().handle(new AwsRequest(method, path, "", headers, body, caller));
  }

  /** The status of a post to a connection: 200, or that of the error. */
  int post(String connectionId, String message) {
    try {
      return manage("POST", "/ws/@connections/" + connectionId, message).status();
    } catch (AwsException e) {
      return e.status();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    gateway.close();
  }

  /** May everything, and keeps what it was asked for. */
  static final class RecordingCaller implements Caller {
    final List<String> authorized = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "user";
    }

    @Override
    public void authorize(String action, String resourceArn) {
      authorized.add(action + " " + resourceArn);
    }

    @Override
    public void check(String action, String resourceArn) {}
  }
}
