package parley.delivery;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import parley.connection.ConnectionId;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

/** Posts frames to connections by API Gateway's @connections. */
public final class ConnectionGateway {
  /** What became of a post. */
  public enum Outcome {
    DELIVERED,
    /** 410: the connection has closed, or its $connect has not returned yet. */
    GONE,
    /** 413: no try will ever be taken. */
    TOO_LARGE,
    /** Throttled or failed: worth another try. */
    FAILED
  }

  /** The largest frame that API Gateway takes, in bytes of UTF-8 (its quota of a payload). */
  public static final int MAX_FRAME_BYTES = 131_072;

  /** A call takes a socket, and a function has 1,024 files and sockets (Lambda's quotas). */
  private static final int MOST_AT_ONCE = 200;

  private final ApiGatewayManagementApiClient client;
  private final Semaphore open = new Semaphore(MOST_AT_ONCE);

  public ConnectionGateway(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  /** Posts one frame of {@value #MAX_FRAME_BYTES} bytes at most. */
  public Outcome post(ConnectionId connection, String frame) {
    Outcome outcome = tryToPost(connection, frame);
    measure(outcome).ifPresent(measure -> Invocation.current().count(measure, 1));
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
    } catch (PayloadTooLargeException e) {
      return Outcome.TOO_LARGE;
    } catch (SdkServiceException e) {
      if (e.statusCode() >= 500) {
        Invocation.current().fault(e);
      }
      return Outcome.FAILED;
    } catch (SdkException e) {
      return Outcome.FAILED;
    } finally {
      open.release();
    }
  }

  /** A refusal is counted where all refusals are ({@link Measure#REFUSALS}). */
  private static Optional<Measure> measure(Outcome outcome) {
    return switch (outcome) {
      case DELIVERED -> Optional.of(Measure.DELIVERIES);
      case GONE -> Optional.of(Measure.GONE);
      case TOO_LARGE -> Optional.empty();
      case FAILED -> Optional.of(Measure.RETRIES);
    };
  }

  /** Closes a connection; one that is closed already is no error. */
  public void close(ConnectionId connection) {
    open.acquireUninterruptibly();
    try {
      client.deleteConnection(request -> request.connectionId(connection.value()));
    } catch (GoneException e) {
      // That is what was wanted.
    } finally {
      open.release();
    }
  }
}
