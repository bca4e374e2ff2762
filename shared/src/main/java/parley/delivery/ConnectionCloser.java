package parley.delivery;

import parley.connection.ConnectionId;
import parley.connection.Protocol;

/** Closes connections so that their clients notice, whatever protocol they speak. */
public final class ConnectionCloser {
  private final ConnectionGateway gateway;
  private final FrameEncoders encoders;

  public ConnectionCloser(ConnectionGateway gateway, FrameEncoders encoders) {
    this.gateway = gateway;
    this.encoders = encoders;
  }

  /** Closes a connection; one that is closed already is no error. */
  public void close(ConnectionId connection, Protocol protocol) {
    encoders.of(protocol).farewell().ifPresent(frame -> gateway.post(connection, frame));
    gateway.close(connection);
  }
}
