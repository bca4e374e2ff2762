package parley.functions.socket;

import java.util.Optional;
import parley.connection.Protocol;

/** What a client asks for with the query of the request that opens a WebSocket. */
public enum Admission {
  /** No {@code EIO}: a plain client, which must bring its token. */
  PLAIN,
  /**
   * {@code EIO=4&transport=websocket} and no {@code sid}: a Socket.IO client, which may say who it
   * is later.
   */
  SOCKET_IO,
  /** Another version of Engine.IO, another transport, or a session to be taken over: refused. */
  UNSUPPORTED;

  static Admission of(Handshake handshake) {
    Optional<String> version = handshake.query("EIO");
    if (version.isEmpty()) {
      return PLAIN;
    }
    boolean supported =
        version.get().equals("4")
            && handshake.query("transport").filter("websocket"::equals).isPresent()
            && handshake.query("sid").isEmpty();
    return supported ? SOCKET_IO : UNSUPPORTED;
  }

  /** The protocol of a connection that is let in. */
  public Protocol protocol() {
    return switch (this) {
      case PLAIN -> Protocol.PLAIN;
      case SOCKET_IO, UNSUPPORTED -> Protocol.SOCKET_IO;
    };
  }

  /** Whether the connection may open without a token. */
  public boolean mayBeAnonymous() {
    return this != PLAIN;
  }
}
