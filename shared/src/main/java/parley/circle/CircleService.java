package parley.circle;

import java.util.Optional;
import java.util.function.Supplier;
import parley.circle.CircleTable.Copy;
import parley.platform.log.Invocation;
import parley.user.UserId;

/** The circles of users, copied from Postgres to where they are read fast. */
public final class CircleService {
  private final CircleTable table;
  private final CircleRepository circles;

  public CircleService(CircleTable table, CircleRepository circles) {
    this.table = table;
    this.circles = circles;
  }

  /** The circle of a user: its copy, or what Postgres says, which is then the copy. */
  public Circle of(UserId user) {
    Copy copy = table.find(user);
    Optional<Circle> circle = copy.circle();
    if (circle.isPresent()) {
      return circle.get();
    }
    Circle made = circles.read(user);
    // If it is outdated already the next one makes it anew.
    var _ = table.keep(user, made, copy);
    return made;
  }

  /**
   * Makes a change after which two users may be shown less of each other.
   *
   * @param change stores it, and throws if it does not
   */
  public <T> T narrowing(UserId one, UserId other, Supplier<T> change) {
    table.drop(one);
    table.drop(other);
    T result = change.get();
    widened(one, other);
    return result;
  }

  /** As {@link #narrowing(UserId, UserId, Supplier)}, of one user and all others. */
  public <T> T narrowing(UserId one, Supplier<T> change) {
    table.drop(one);
    T result = change.get();
    drop(one);
    return result;
  }

  /** To be called when it is stored that two users may be shown more of each other. */
  public void widened(UserId one, UserId other) {
    drop(one);
    drop(other);
  }

  /** What is stored cannot be taken back because of a copy, whose age is limited anyway. */
  private void drop(UserId user) {
    try {
      table.drop(user);
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }
}
