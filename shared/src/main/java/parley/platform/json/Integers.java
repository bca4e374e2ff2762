package parley.platform.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;

/**
 * The integers that clients send. What counts is the value and not how it is written: {@code 1.0}
 * and {@code 1e2} are integers too (JSON Schema 2020-12, 4.2.3 and 6.1.1).
 */
public final class Integers {
  /** 2^53 - 1: up to here every client reads an integer exactly (RFC 8259, 6). */
  public static final long MAX = 9_007_199_254_740_991L;

  private static final String MUST = " must be an integer";

  /** A number as JSON writes it, leading zeros allowed; bounded as those of bodies are. */
  private static final Pattern NUMBER =
      Pattern.compile("(?=.{1,32}$)-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");

  private Integers() {}

  /**
   * Checks a value that {@link Json#read} gave.
   *
   * @param name how the client knows it, for the message
   * @throws ChatException VALIDATION_FAILED unless it is an integer from {@code -}{@link #MAX} to
   *     {@link #MAX}
   */
  public static long require(String name, @Nullable Object value) {
    return require(name, value, " is required and" + MUST);
  }

  /**
   * Reads an integer from a query, where it is written as in JSON.
   *
   * @throws ChatException as {@link #require} does
   */
  public static long parse(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw ChatException.invalid(name + MUST);
    }
    return require(name, narrow(new BigDecimal(text)), MUST);
  }

  private static long require(String name, @Nullable Object value, String rule) {
    if (value instanceof Long integer && integer >= -MAX && integer <= MAX) {
      return integer;
    }
    throw value instanceof Long || exceeds64Bits(value)
        ? outOfRange(name)
        : ChatException.invalid(name + rule);
  }

  /** Whether a value that {@link Json#read} gave is a number of more than 64 bits. */
  public static boolean exceeds64Bits(@Nullable Object value) {
    return value instanceof Double number && Math.abs(number) >= 0x1p63;
  }

  /** The error for an integer that is too great or too small. */
  public static ChatException outOfRange(String name) {
    return ChatException.invalid(name + " is out of range");
  }

  /** A Long if the number is an integer of 64 bits, a Double otherwise. */
  static Number narrow(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    boolean whole = shortest.scale() <= 0;
    // Digits before the point; first, because the integer of 1e999999999 would fill the memory.
    boolean small = (long) shortest.precision() - shortest.scale() <= 19;
    if (whole && small && shortest.toBigInteger().bitLength() < Long.SIZE) {
      return shortest.longValue();
    }
    return number.doubleValue();
  }
}
