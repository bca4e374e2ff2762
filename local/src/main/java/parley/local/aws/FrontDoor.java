package parley.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The one port, on the loopback address, behind which all AWS services answer over HTTP. */
public final class FrontDoor implements AutoCloseable {
  /**
   * How many connections may wait to be accepted: one function alone posts to 200 clients at once.
   * Beyond Java's default of 50 the operating system drops and resets connections.
   */
  private static final int ACCEPT_QUEUE = 1024;

  private final AwsEndpoint endpoint;
  private final Server server;
  private final ServerConnector connector;

  /**
   * @param port 0 for a free one
   */
  public FrontDoor(int port, AwsEndpoint endpoint) {
    this.endpoint = endpoint;
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
      String query = request.getHttpURI().getQuery();
      AwsResponse answer =
          endpoint.answer(
              request.getMethod(),
              request.getHttpURI().getPath(),
              query == null ? "" : query,
              headers(request),
              body(request));
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      response.getHeaders().put("content-length", answer.body().length);
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getName().toLowerCase(Locale.ROOT),
          field.getValue() == null ? "" : field.getValue(),
          (first, second) -> first + "," + second);
    }
    return headers;
  }

  /** At most one byte more than the endpoint takes. */
  private static byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return in.readNBytes(AwsEndpoint.MAX_BODY_BYTES + 1);
    }
  }
}
