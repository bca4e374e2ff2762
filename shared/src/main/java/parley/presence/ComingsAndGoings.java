package parley.presence;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.connection.PresenceTable;
import parley.connection.PresenceTable.Leaving;
import parley.delivery.DeliveryQueue;
import parley.delivery.PresenceTask;
import parley.platform.Budget;
import parley.platform.Parallel;
import parley.platform.log.Invocation;
import parley.user.UserId;

/** Detects users going online and offline and queues presence updates for DeliveryFunction. */
public final class ComingsAndGoings {
  /** How long a user who went may take to come back before friends are told. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** DeliveryFunction does a task of so many users in a minute. */
  private static final int MAX_TASK = 50;

  /** Each drops its notes in parallel: 200 calls at once. */
  private static final int TASKS_AT_ONCE = 4;

  private final PresenceTable table;
  private final DeliveryQueue queue;
  private final Clock clock;

  public ComingsAndGoings(PresenceTable table, DeliveryQueue queue, Clock clock) {
    this.table = table;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * To be called when a connection of a user is registered. A failure is logged and the connection
   * is still accepted: the friends learn of the user by the next change or by asking.
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
   * Queues those who went and did not come back, once a minute. A note is dropped when its user is
   * queued: what a crash in between repeats does no harm.
   *
   * @param budget what it leaves over waits for the next minute
   */
  public void goings(Budget budget) {
    List<Leaving> left = table.leftBefore(clock.instant().minus(GRACE));
    List<List<Leaving>> tasks = new ArrayList<>();
    for (int start = 0; start < left.size(); start += MAX_TASK) {
      tasks.add(left.subList(start, Math.min(start + MAX_TASK, left.size())));
    }
    budget.forEach(tasks, TASKS_AT_ONCE, this::queue);
  }

  private void queue(List<Leaving> left) {
    List<UserId> gone = table.withoutConnection(left.stream().map(Leaving::user).toList());
    if (!gone.isEmpty()) {
      queue.add(new PresenceTask(gone));
    }
    Parallel.forEach(left, table::drop);
  }
}
