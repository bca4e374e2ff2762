package parley.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The one port, on the loopback address, behind which all AWS services answer. A request's service
 * is the one that it was signed for; an unsigned one's is told by its target or path.
 */
public final class FrontDoor implements AutoCloseable {
  /** The largest request of any service is DynamoDB's, 16 MiB. */
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /**
   * How many connections may wait to be accepted: one function alone posts to 200 clients at once.
   * Beyond Java's default of 50 the operating system drops and resets connections.
   */
  private static final int ACCEPT_QUEUE = 1024;

  private final Map<String, AwsService> services = new ConcurrentHashMap<>();
  private final Callers callers;
  private final Consumer<Throwable> onFault;
  private final Server server;
  private final ServerConnector connector;

  /**
   * @param port 0 for a free one
   * @param onFault told of exceptions that are no {@link AwsException}: faults of this runtime,
   *     which callers see as InternalFailure
   */
  public FrontDoor(int port, Callers callers, Consumer<Throwable> onFault) {
    this.callers = callers;
    this.onFault = onFault;
    VirtualThreadPool threads = new VirtualThreadPool();
    threads.setName("aws");
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost("localhost");
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    server.addConnector(connector);
    server.setHandler(new Door());
  }

  /** Adds a service; a request for it may come from now on. */
  public void add(AwsService service) {
    services.put(service.signingName(), service);
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it is taken
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IllegalStateException("the AWS endpoint does not start", e);
    }
  }

  /** The port in fact taken. */
  public int port() {
    return connector.getLocalPort();
  }

  /** {@code http://localhost:4566}, with the port in fact taken. */
  public String url() {
    return "http://localhost:" + port();
  }

  @Override
  public void close() {
    try {
      server.stop();
      server.destroy();
    } catch (Exception e) {
      throw new IllegalStateException("the AWS endpoint does not stop", e);
    }
  }

  private final class Door extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      String requestId = UUID.randomUUID().toString();
      AwsResponse answer;
      try {
        answer = answer(request);
      } catch (AwsException e) {
        answer = error(e);
      } catch (RuntimeException e) {
        onFault.accept(e);
        answer =
            error(new AwsException(500, "InternalFailure", "a fault of the local runtime: " + e));
      }
      response.setStatus(answer.status());
      response.getHeaders().put("x-amzn-RequestId", requestId);
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.getHeaders().put("content-length", answer.body().length);
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }

  private AwsResponse answer(Request request) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          field.getValue() == null ? "" : field.getValue(),
          (first, second) -> first + "," + second);
    }
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    query = query == null ? "" : query;
    byte[] body = body(request);
    Signature signature = Signature.read(headers.get("authorization"), query);
    String name =
        signature == null
            ? Signature.guess(headers.get("x-amz-target"), path)
            : signature.service();
    if (name == null) {
      throw new AwsException(
          400,
          "MissingAuthenticationTokenException",
          "The request is not signed, and neither its X-Amz-Target nor its path tells for which"
              + " service it is");
    }
    AwsService service = services.get(name);
    if (service == null) {
      throw new AwsException(
          400,
          "UnknownServiceException",
          "There is no service " + name + " here, only " + new TreeSet<>(services.keySet()));
    }
    Caller caller = callers.find(signature == null ? null : signature.accessKey());
    return service.handle(new AwsRequest(request.getMethod(), path, query, headers, body, caller));
  }

  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] chunk = new byte[16_384];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        body.write(chunk, 0, read);
        if (body.size() > MAX_BODY_BYTES) {
          throw new AwsException(
              413, "RequestEntityTooLargeException", "No service takes more than 16 MiB");
        }
      }
      return body.toByteArray();
    }
  }

  private static AwsResponse error(AwsException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", e.code())
            .put("message", message)
            .toString();
    AwsResponse response = AwsResponse.json(e.status(), body);
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put("x-amzn-ErrorType", e.code());
    return new AwsResponse(e.status(), headers, response.body());
  }
}
