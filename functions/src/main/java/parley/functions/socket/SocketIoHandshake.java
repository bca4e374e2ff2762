package parley.functions.socket;

import parley.auth.Identity;
import parley.auth.TokenService;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.connection.Protocol;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.ConnectionGateway.Outcome;
import parley.functions.failure.Failures;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.presence.ComingsAndGoings;

/** Lets Socket.IO clients in, which say who they are when their connection is open already. */
public final class SocketIoHandshake {
  private final ConnectionService connections;
  private final ComingsAndGoings presence;
  private final TokenService tokens;
  private final ConnectionGateway gateway;
  private final ConnectionCloser closer;
  private final SocketIoCodec codec;

  public SocketIoHandshake(
      ConnectionService connections,
      ComingsAndGoings presence,
      TokenService tokens,
      ConnectionGateway gateway,
      ConnectionCloser closer,
      SocketIoCodec codec) {
    this.connections = connections;
    this.presence = presence;
    this.tokens = tokens;
    this.gateway = gateway;
    this.closer = closer;
    this.codec = codec;
  }

  /**
   * Gives the connection to the user of its token and tells the client; a client that says it again
   * changes nothing. A client without a good token is told so, which makes it stay away until its
   * app connects again; after our own fault it is cut off without a word, which makes it try again
   * by itself.
   */
  void connect(Caller caller, SocketIoConnect packet) {
    try {
      Connection connection = caller.connection(identify(caller, packet), false);
      if (connections.bind(caller.opening(), connection)) {
        welcome(caller, connection);
      } else if (connections.find(caller.id()).isEmpty()) {
        // It came too late, and its connection is not known any more.
        closer.close(caller.id(), caller.protocol());
      }
    } catch (RuntimeException e) {
      ChatException error = Failures.explain(e);
      if (error.code().status() >= 500) {
        closer.close(caller.id(), caller.protocol());
      } else if (connections.find(caller.id()).isEmpty()) {
        gateway.post(caller.id(), codec.connectError(error));
        gateway.close(caller.id());
      }
    }
  }

  /** A token that came with the handshake was verified then, and no other is asked for. */
  private Identity identify(Caller caller, SocketIoConnect packet) {
    return caller
        .identity()
        .orElseGet(
            () ->
                tokens.verifyAccess(
                    packet
                        .token()
                        .orElseThrow(
                            () ->
                                new ChatException(
                                    ErrorCode.UNAUTHENTICATED, "auth.token is missing"))));
  }

  /**
   * A connection that cannot be told is forgotten: it may have closed while it was bound, and its
   * $disconnect come before that, when nobody knew whose it is.
   */
  private void welcome(Caller caller, Connection connection) {
    if (gateway.post(connection.id(), codec.connected(connection.id())) == Outcome.DELIVERED) {
      connections.ready(connection);
      presence.came(connection.userId());
    } else {
      connections.disconnected(caller.opening());
      closer.close(connection.id(), Protocol.SOCKET_IO);
    }
  }
}
