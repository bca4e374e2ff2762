package parley.platform.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.platform.Coded;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;

/**
 * What the database refused, by its SQLSTATE (PostgreSQL's appendix A). Its message names the
 * constraint at most: the database's own message may quote data.
 */
public final class SqlException extends RuntimeException implements Coded {
  /** The last one: what stands before it may quote what a user wrote. */
  private static final Pattern STATE =
      Pattern.compile(".*SQLState:\\s*([A-Z0-9]{5})", Pattern.DOTALL);

  /** The first line of an integrity violation (class 23) quotes names of the schema only. */
  private static final Pattern CONSTRAINT = Pattern.compile("\\V*constraint \"([^\"\\v]+)\"");

  private static final String INTEGRITY_VIOLATIONS = "23";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String CHECK_VIOLATION = "23514";

  /**
   * How the Data API refuses a statement of a transaction that runs another one; it has no code.
   */
  private static final String BUSY = "still running a query";

  private final String state;
  private final Optional<String> constraint;
  private final boolean busy;

  private SqlException(String state, Optional<String> constraint, boolean busy) {
    super("SQLSTATE " + state + constraint.map(name -> ", constraint " + name).orElse(""));
    this.state = state;
    this.constraint = constraint;
    this.busy = busy;
  }

  static SqlException from(DatabaseErrorException e) {
    String message = String.valueOf(e.getMessage());
    String state = find(STATE, message).orElse("XX000");
    return new SqlException(
        state,
        state.startsWith(INTEGRITY_VIOLATIONS) ? find(CONSTRAINT, message) : Optional.empty(),
        message.contains(BUSY));
  }

  /** The SQLSTATE, and the constraint that would be broken. */
  @Override
  public String failureCode() {
    return String.valueOf(getMessage());
  }

  /** Whether the statement would have broken this unique constraint or index. */
  public boolean violatesUnique(String name) {
    return state.equals(UNIQUE_VIOLATION) && constraint.filter(name::equals).isPresent();
  }

  /**
   * Whether the statement would have broken this check, or a trigger that raises one by its name.
   */
  public boolean violatesCheck(String name) {
    return state.equals(CHECK_VIOLATION) && constraint.filter(name::equals).isPresent();
  }

  /** Whether the transaction still runs a statement whose call has timed out. */
  boolean isOfBusyTransaction() {
    return busy;
  }

  private static Optional<String> find(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
