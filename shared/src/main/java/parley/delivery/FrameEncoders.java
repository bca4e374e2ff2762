package parley.delivery;

import parley.connection.Protocol;

/** The encoder of each protocol. */
public interface FrameEncoders {
  FrameEncoder of(Protocol protocol);
}
