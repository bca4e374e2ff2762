package parley.delivery;

import parley.connection.ConnectionId;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Posts frames to connections by API Gateway's @connections. */
public final class ConnectionGateway {
  /** What became of a post. */
  public enum Outcome {
    DELIVERED,
    /** 410: the connection has closed, or its $connect has not returned yet. */
    GONE,
    /** Throttled or failed: worth another try. */
    FAILED
  }

  private final ApiGatewayManagementApiClient client;

  public ConnectionGateway(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  /** Posts one frame; API Gateway takes 128 KB. */
  public Outcome post(ConnectionId connection, String frame) {
    try {
      client.postToConnection(
          request -> request.connectionId(connection.value()).data(SdkBytes.fromUtf8String(frame)));
      return Outcome.DELIVERED;
    } catch (GoneException e) {
      return Outcome.GONE;
    } catch (SdkException e) {
      return Outcome.FAILED;
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
