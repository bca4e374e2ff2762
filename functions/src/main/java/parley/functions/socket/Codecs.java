package parley.functions.socket;

import parley.connection.Protocol;
import parley.delivery.FrameEncoders;

/** The codec of each protocol. */
public final class Codecs implements FrameEncoders {
  private final PlainCodec plain = new PlainCodec();
  private final SocketIoCodec socketIo = new SocketIoCodec();

  @Override
  public FrameCodec of(Protocol protocol) {
    return switch (protocol) {
      case PLAIN -> plain;
      case SOCKET_IO -> socketIo;
    };
  }

  /** The codec with the frames of Socket.IO's own handshake. */
  public SocketIoCodec socketIo() {
    return socketIo;
  }
}
