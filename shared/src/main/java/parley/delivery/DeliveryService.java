package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import parley.connection.Connection;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/** Finishes, with more patience, what a request could not post at once. */
public final class DeliveryService {
  /** With the doubling pauses about 25 s: longer than a $connect may take. */
  private static final int TRIES = 10;

  private final Dispatcher dispatcher;
  private final Consumer<List<UserId>> presence;
  private final Clock clock;

  /**
   * @param presence tells friends whether these users are online
   */
  public DeliveryService(Dispatcher dispatcher, Consumer<List<UserId>> presence, Clock clock) {
    this.dispatcher = dispatcher;
    this.presence = presence;
    this.clock = clock;
  }

  /**
   * Does a task.
   *
   * @throws IllegalStateException if some connections could still not be reached: Lambda then tries
   *     the whole task again, so that a connection may get a frame twice but not never
   */
  public void run(DeliveryTask work) {
    int unreached =
        switch (work) {
          case Delivery delivery -> deliver(delivery).size();
          case Greeting greeting -> dispatcher.greet(greeting, TRIES) ? 0 : 1;
          case PresenceTask task -> {
            presence.accept(task.users());
            yield 0;
          }
        };
    if (unreached > 0) {
      throw new IllegalStateException(unreached + " connections could not be reached");
    }
  }

  private List<Connection> deliver(Delivery delivery) {
    List<Connection> unreached =
        dispatcher.dispatch(delivery.connections(), connection -> delivery.frame(), TRIES);
    Invocation.current()
        .took(Measure.DELIVERY_LATENCY, Duration.between(delivery.since(), clock.instant()));
    return unreached;
  }
}
