package parley.platform;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids: UUIDs of version 7 (RFC 9562, 5.7), which sort by the time they were made. */
public final class Ids {
  private final Clock clock;
  private final RandomGenerator random;

  public Ids(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id: 48 bits of milliseconds and 74 random bits. */
  public UUID next() {
    long version = 0x7000L;
    long variant = 0x8000_0000_0000_0000L;
    long high = (clock.millis() << 16) | version | (random.nextLong() & 0xFFFL);
    long low = (random.nextLong() >>> 2) | variant;
    return new UUID(high, low);
  }

  /**
   * Reads an id that a client sent.
   *
   * @param field how the client knows it, for the message
   * @throws ChatException VALIDATION_FAILED unless it is a UUID in its 36-character form
   */
  public static UUID parse(String field, String text) {
    return find(text).orElseThrow(() -> ChatException.invalid(field + " must be a UUID"));
  }

  /** The id that a text is; empty unless it is a UUID in its 36-character form. */
  public static Optional<UUID> find(String text) {
    try {
      UUID id = UUID.fromString(text);
      // UUID.fromString takes shorter and longer groups, signs and foreign digits too.
      return Optional.of(id).filter(read -> read.toString().equals(text.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
