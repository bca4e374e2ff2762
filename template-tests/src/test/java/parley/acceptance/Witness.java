package parley.acceptance;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import parley.local.aws.Callers.Permission;

/** Sees everything that functions ask AWS to do, and what they are refused. */
final class Witness implements Consumer<Permission> {
  /**
   * After this time a function that goes on asking in vain is taken for hopeless; by then whoever
   * could do it in its place has done so.
   */
  private static final long IN_VAIN = Duration.ofSeconds(2).toNanos();

  private final BooleanSupplier idle;
  private final Set<Permission> asked = ConcurrentHashMap.newKeySet();
  private volatile long refusedAt;

  /**
   * @param idle whether no function runs
   */
  Witness(BooleanSupplier idle) {
    this.idle = idle;
  }

  @Override
  public void accept(Permission permission) {
    if (!permission.allowed() && refused().isEmpty()) {
      refusedAt = System.nanoTime();
    }
    asked.add(permission);
  }

  /** What was asked for since {@link #forget}. */
  Set<Permission> asked() {
    return Set.copyOf(asked);
  }

  /** What was refused since {@link #forget}. */
  Set<Permission> refused() {
    return asked.stream()
        .filter(permission -> !permission.allowed())
        .collect(Collectors.toUnmodifiableSet());
  }

  void forget() {
    asked.clear();
  }

  /**
   * Whether nothing more comes of what functions do: something was refused, and since then all of
   * them have ended, or one asks again and again.
   */
  boolean isHopeless() {
    return !refused().isEmpty() && (idle.getAsBoolean() || System.nanoTime() - refusedAt > IN_VAIN);
  }
}
