package parley.local.faults;

import java.time.Duration;

/**
 * What goes wrong with an event of a connection. AWS promises $disconnect as a best effort only,
 * and Lambda may run a function twice for one event.
 */
public sealed interface EventFault {
  EventFault NONE = new Late(Duration.ZERO);

  /**
   * It comes late: a $disconnect after what the client did next; a $connect's answer while posts to
   * the connection are still refused.
   */
  record Late(Duration delay) implements EventFault {}

  /** It comes a second time after a while: a $connect possibly after its $disconnect. */
  record Twice(Duration delay) implements EventFault {}

  /** It never comes; a $connect's answer cannot be lost, it is then as if there were no fault. */
  record Lost() implements EventFault {}
}
