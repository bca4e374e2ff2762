package parley.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.connection.Connection;

/**
 * What became of a frame.
 *
 * @param unreached the connections that could not be reached yet: the service failed, or they may
 *     be opening still
 * @param lastTaken when the last post was taken; empty if none was
 */
record Dispatched(List<Connection> unreached, Optional<Instant> lastTaken) {}
