package parley.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import parley.connection.Connection;
import parley.connection.Protocol;

/** The encoder of each protocol. */
public interface FrameEncoders {
  FrameEncoder of(Protocol protocol);

  /** The frame of an event for each connection, encoded once a protocol. */
  default Function<Connection, String> frames(ServerEvent event) {
    Map<Protocol, String> encoded = new ConcurrentHashMap<>();
    return connection ->
        encoded.computeIfAbsent(connection.protocol(), protocol -> of(protocol).event(event));
  }
}
