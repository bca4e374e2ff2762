package parley.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import parley.connection.PresenceTable;
import parley.connection.PresenceTable.Leaving;
import parley.delivery.DeliveryQueue;
import parley.delivery.PresenceTask;
import parley.platform.log.Invocation;
import parley.user.UserId;

/** Notices who came online and who went, and leaves the telling to DeliveryFunction. */
public final class ComingsAndGoings {
  /** For how long who has gone may come back before anybody is told. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** One task is done in a minute. */
  private static final int MAX_TASK = 50;

  private final PresenceTable table;
  private final DeliveryQueue queue;
  private final Clock clock;

  public ComingsAndGoings(PresenceTable table, DeliveryQueue queue, Clock clock) {
    this.table = table;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * To be called when a connection of a user is registered. That it fails is logged and no reason
   * to refuse the connection: the friends learn of the user by the next change or by asking.
   */
  public void came(UserId user) {
    try {
      if (table.come(user)) {
        queue.add(new PresenceTask(List.of(user)));
      }
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }

  /**
   * Leaves those to DeliveryFunction who went and did not come back, once a minute. A note is
   * dropped when its user is queued: what a crash in between repeats does no harm.
   */
  public void goings() {
    List<Leaving> left = table.leftBefore(clock.instant().minus(GRACE));
    List<UserId> gone = table.withoutConnection(left.stream().map(Leaving::user).toList());
    for (int start = 0; start < gone.size(); start += MAX_TASK) {
      queue.add(
          new PresenceTask(
              List.copyOf(gone.subList(start, Math.min(start + MAX_TASK, gone.size())))));
    }
    left.forEach(table::drop);
  }
}
