package parley.delivery;

import java.util.List;
import parley.connection.Connection;

/** Finishes, with more patience, what a request could not post at once. */
public final class DeliveryService {
  /** With the doubling pauses about 25 s: longer than a $connect may take. */
  private static final int TRIES = 10;

  private final Dispatcher dispatcher;

  public DeliveryService(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * Posts the frame to all its connections.
   *
   * @throws IllegalStateException if some could still not be reached: Lambda then tries the whole
   *     delivery again, so that a connection may get a frame twice but not never
   */
  public void deliver(Delivery delivery) {
    List<Connection> unreached =
        dispatcher.dispatch(delivery.connections(), connection -> delivery.frame(), TRIES);
    if (!unreached.isEmpty()) {
      throw new IllegalStateException(unreached.size() + " connections could not be reached");
    }
  }
}
