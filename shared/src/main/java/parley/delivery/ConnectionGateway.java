package parley.delivery;

import java.util.concurrent.Semaphore;
import parley.connection.ConnectionId;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Posts frames to connections by API Gateway's @connections. */
public final class ConnectionGateway {
  /** What became of a post. */
  public enum Outcome {
    DELIVERED(Measure.DELIVERIES),
    /** 410: the connection has closed, or its $connect has not returned yet. */
    GONE(Measure.GONE),
    /** Throttled or failed: worth another try. */
    FAILED(Measure.RETRIES);

    private final Measure measure;

    Outcome(Measure measure) {
      this.measure = measure;
    }
  }

  /** A post takes a socket, and a function has 1,024 files and sockets (Lambda's quotas). */
  private static final int MOST_AT_ONCE = 200;

  private final ApiGatewayManagementApiClient client;
  private final Semaphore open = new Semaphore(MOST_AT_ONCE);

  public ConnectionGateway(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  /** Posts one frame; API Gateway takes 128 KB. */
  public Outcome post(ConnectionId connection, String frame) {
    Outcome outcome = tryToPost(connection, frame);
    Invocation.current().count(outcome.measure, 1);
    Invocation.current().step("post " + outcome, connection.value());
    return outcome;
  }

  private Outcome tryToPost(ConnectionId connection, String frame) {
    open.acquireUninterruptibly();
    try {
      client.postToConnection(
          request -> request.connectionId(connection.value()).data(SdkBytes.fromUtf8String(frame)));
      return Outcome.DELIVERED;
    } catch (GoneException e) {
      return Outcome.GONE;
    } catch (SdkException e) {
      return Outcome.FAILED;
    } finally {
      open.release();
    }
  }

  /** Closes a connection; one that is closed already is no error. */
  public void close(ConnectionId connection) {
    try {
      client.deleteConnection(request -> request.connectionId(connection.value()));
    } catch (GoneException e) {
      // That is what was wanted.
    }
  }
}
