package parley.delivery;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.connection.Connection;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/** Finishes, with more patience, what a request could not post at once. */
public final class DeliveryService {
  /**
   * Ten tries take 13 to 26 s. Fifteen take 45 s or more: longer than a $connect may take, after
   * which a 410 means that the connection is gone. So a connection that has closed is no failure
   * even if its $disconnect is lost, and the 60 s of the function are enough.
   */
  private static final Patience PATIENCE = new Patience(10, 15);

  /** Lambda stops a function that has invoked itself 16 times: its recursive loop detection. */
  static final int MAX_ROUNDS = 5;

  private final Dispatcher dispatcher;
  private final Consumer<List<UserId>> presence;
  private final Function<String, DeliveryQueue> queues;

  /**
   * @param presence tells friends whether these users are online
   * @param queues gives the queue of the function with an ARN
   */
  public DeliveryService(
      Dispatcher dispatcher,
      Consumer<List<UserId>> presence,
      Function<String, DeliveryQueue> queues) {
    this.dispatcher = dispatcher;
    this.presence = presence;
    this.queues = queues;
  }

  /**
   * Does a task. The connections that a delivery does not reach, while it reaches others, become a
   * task of their own; so nobody gets a frame twice because of others.
   *
   * @param functionArn of the function that does it, which does that task too
   * @throws RuntimeException if nothing was reached, or what is left could not be queued, or five
   *     rounds have left some: Lambda then tries the whole task again, so that a connection may get
   *     a frame twice but not never
   */
  public void run(DeliveryTask work, String functionArn) {
    switch (work) {
      case Delivery delivery -> {
        List<Connection> unreached = deliver(delivery);
        boolean reachedSome = unreached.size() < delivery.connections().size();
        if (reachedSome && !unreached.isEmpty() && delivery.round() < MAX_ROUNDS) {
          queues.apply(functionArn).add(delivery.leftTo(unreached));
        } else {
          requireNone(unreached.size());
        }
      }
      case Greeting greeting -> requireNone(dispatcher.greet(greeting, PATIENCE) ? 0 : 1);
      case PresenceTask task -> presence.accept(task.users());
    }
  }

  private List<Connection> deliver(Delivery delivery) {
    Dispatched dispatched =
        dispatcher.dispatch(delivery.connections(), connection -> delivery.frame(), PATIENCE);
    dispatched
        .lastTaken()
        .ifPresent(
            taken ->
                Invocation.current()
                    .took(Measure.DELIVERY_LATENCY, Duration.between(delivery.since(), taken)));
    return dispatched.unreached();
  }

  private static void requireNone(int unreached) {
    if (unreached > 0) {
      throw new IllegalStateException(unreached + " connections could not be reached");
    }
  }
}
