package parley.local.dynamodb;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** AWS's DynamoDB Local, in this JVM and on a loopback port that only this class knows. */
public final class DynamoDbServer implements AutoCloseable {
  /** Any: all callers share one database. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  /**
   * How long the server keeps an idle connection: longer than the 30 s that the JDK's client does,
   * or else the client may send a call on a connection that the server is closing.
   */
  private static final Duration SERVER_KEEPS_IDLE = Duration.ofMinutes(2);

  private final LocalDynamoDBRequestHandler database;
  private final Server server;
  private final ServerConnector connector;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private DynamoDbServer(Path folder) {
    this.database = new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false);
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("dynamodb");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost("localhost");
    connector.setIdleTimeout(SERVER_KEEPS_IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(new LocalDynamoDBServerHandler(database, null));
  }

  /**
   * Starts it.
   *
   * @param folder where its data is and stays
   * @param libraries where its native library may be unpacked
   */
  public static DynamoDbServer start(Path folder, Path libraries) throws IOException {
    NativeLibrary.unpackTo(libraries);
    Files.createDirectories(folder);
    DynamoDbServer server = new DynamoDbServer(folder);
    try {
      server.server.start();
      return server;
    } catch (Exception e) {
      server.close();
      throw new IllegalStateException("DynamoDB Local does not start", e);
    }
  }

  /** Sends a request of DynamoDB's protocol. */
  HttpResponse<byte[]> send(String target, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + connector.getLocalPort() + "/"))
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", target)
            .header("authorization", AUTHORIZATION)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("DynamoDB Local does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while DynamoDB Local answered", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
      server.destroy();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    } finally {
      database.shutdown();
      client.shutdownNow();
    }
  }
}
