package parley.local.dynamodb;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsResponse;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * AWS's DynamoDB Local in this JVM. Its HTTP handler is called as a method: of a request it reads
 * the headers and the body, and of a response it sets the status, the headers and the body.
 */
public final class DynamoDbServer implements AutoCloseable {
  /** Any: all callers share one database. */
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=00";

  private final LocalDynamoDBRequestHandler database;
  private final LocalDynamoDBServerHandler handler;

  private DynamoDbServer(Path folder) {
    this.database = SqliteFile.open(folder);
    this.handler = new LocalDynamoDBServerHandler(database, null);
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
    return new DynamoDbServer(folder);
  }

  /**
   * Sends a request of DynamoDB's protocol.
   *
   * @param target as {@code X-Amz-Target} has it, {@code DynamoDB_20120810.GetItem}
   */
  AwsResponse send(String target, byte[] body) {
    HttpFields headers =
        HttpFields.build()
            .put("Content-Type", "application/x-amz-json-1.0")
            .put("X-Amz-Target", target)
            .put("Authorization", AUTHORIZATION);
    Answer answer = new Answer();
    try {
      handler.handle(request(headers, body), answer.response(), Callback.NOOP);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not answer", e);
    }
    return answer.read();
  }

  private static Request request(HttpFields headers, byte[] body) {
    Content.Source content = Content.Source.from(ByteBuffer.wrap(body));
    return as(
        Request.class,
        (method, arguments) ->
            switch (method) {
              case "getHeaders" -> headers;
              case "getMethod" -> "POST";
              case "read" -> content.read();
              default -> throw new UnsupportedOperationException(method);
            });
  }

  /** Takes down what the handler writes into its response. */
  private static final class Answer {
    private final HttpFields.Mutable headers = HttpFields.build();
    private int status;
    private byte[] body = new byte[0];

    Response response() {
      return as(
          Response.class,
          (method, arguments) -> {
            switch (method) {
              case "getHeaders" -> {
                return headers;
              }
              case "setStatus" -> status = (int) arguments[0];
              case "write" -> body = bytes((ByteBuffer) arguments[1]);
              default -> throw new UnsupportedOperationException(method);
            }
            return null;
          });
    }

    private static byte[] bytes(ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    }

    AwsResponse read() {
      Map<String, String> sent = new HashMap<>();
      headers.forEach(field -> sent.put(field.getName(), field.getValue()));
      return new AwsResponse(status, sent, body);
    }
  }

  private interface Method {
    @Nullable Object call(String name, Object[] arguments);
  }

  /** An object of one of Jetty's types that has only the methods that DynamoDB Local calls. */
  private static <T> T as(Class<T> type, Method method) {
    return type.cast(
        Proxy.newProxyInstance(
            DynamoDbServer.class.getClassLoader(),
            new Class<?>[] {type},
            (_, called, arguments) -> method.call(called.getName(), arguments)));
  }

  @Override
  public void close() {
    database.shutdown();
  }
}
