package parley.delivery;

import java.util.Optional;

/** How a protocol writes what the server says of its own accord. */
public interface FrameEncoder {
  /** An event. */
  String event(ServerEvent event);

  /** What tells a client that its connection will end; nothing if it could do nothing about it. */
  Optional<String> expiring(ConnectionExpiring event);

  /**
   * What keeps an idle connection open; nothing if that is the client's own business.
   *
   * @param round counts a connection's turns
   */
  Optional<String> keepalive(long round);

  /** What is posted before the server closes a connection, so that the client notices it. */
  Optional<String> farewell();
}
