package parley.delivery;

/**
 * What the server tells clients of its own accord. Each feature has a sealed interface of its own
 * events; a record's components are the event's data on the wire, unless it says otherwise.
 */
public interface ServerEvent {
  /** The event's name on the wire. */
  String name();

  /** The event's data on the wire. */
  default Object data() {
    return this;
  }
}
