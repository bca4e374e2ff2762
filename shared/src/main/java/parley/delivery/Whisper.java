package parley.delivery;

import java.util.Collection;
import parley.connection.Connection;
import parley.connection.ConnectionTable;
import parley.user.UserId;

/**
 * Tells what is of the moment only: it is neither stored nor queued nor part of catching up, and a
 * connection that cannot be reached at once does not learn of it.
 */
public final class Whisper {
  private static final Patience PATIENCE = Patience.of(2);

  private final ConnectionTable table;
  private final Dispatcher dispatcher;
  private final FrameEncoders encoders;

  public Whisper(ConnectionTable table, Dispatcher dispatcher, FrameEncoders encoders) {
    this.table = table;
    this.dispatcher = dispatcher;
    this.encoders = encoders;
  }

  /** Tells all connections of these users; one read finds those of 100. */
  public void toUsers(Collection<UserId> users, ServerEvent event) {
    if (!users.isEmpty()) {
      toConnections(table.find(users), event);
    }
  }

  /** Tells these connections. */
  public void toConnections(Collection<Connection> connections, ServerEvent event) {
    var _ = dispatcher.dispatch(connections, encoders.frames(event), PATIENCE);
  }
}
