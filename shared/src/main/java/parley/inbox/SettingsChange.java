package parley.inbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;

/**
 * A change of how one keeps a conversation; what is empty is kept.
 *
 * @param changesMutedUntil whether {@code mutedUntil} is to be written
 * @param mutedUntil the new end of the silence, null to end it now
 */
public record SettingsChange(
    boolean changesMutedUntil,
    @Nullable Instant mutedUntil,
    Optional<Boolean> archived,
    Optional<Boolean> pinned,
    Optional<Boolean> markedUnread) {
  /** The contract's form of a time, in this millennium: "for ever" is its end. */
  private static final Pattern TIME =
      Pattern.compile("2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z");

  /**
   * Reads what a client sent.
   *
   * @throws ChatException VALIDATION_FAILED
   */
  public static SettingsChange read(JsonObject json) {
    json.only("mutedUntil", "archived", "pinned", "markedUnread");
    return new SettingsChange(
        json.has("mutedUntil"),
        json.optionalString("mutedUntil").map(SettingsChange::time).orElse(null),
        json.optionalFlag("archived"),
        json.optionalFlag("pinned"),
        json.optionalFlag("markedUnread"));
  }

  private static Instant time(String text) {
    try {
      if (TIME.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw ChatException.invalid("mutedUntil must be a time in UTC, as 2026-11-22T10:15:30.000Z");
  }
}
