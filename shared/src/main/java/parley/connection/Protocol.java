package parley.connection;

/** The frames that a connection speaks. */
public enum Protocol {
  /** JSON objects: {@code {"event": ..., "data": ...}}. */
  PLAIN,
  /** Engine.IO 4 and Socket.IO 5. */
  SOCKET_IO
}
