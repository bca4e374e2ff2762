package parley.connection;

/** The frames that a connection speaks. */
public enum Protocol {
  /** JSON objects: {@code {"event": ..., "data": ...}}. */
  PLAIN
}
