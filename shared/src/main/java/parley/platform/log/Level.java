package parley.platform.log;

/** How much a line matters, by the names of Lambda's log levels. */
public enum Level {
  /** Each step, for the one who looks for a fault. */
  DEBUG,
  /** One line an invocation, which carries its metrics. */
  INFO,
  /** Our own faults. */
  ERROR
}
