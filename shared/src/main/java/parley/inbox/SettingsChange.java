package parley.inbox;

import java.time.Instant;
import java.util.Optional;
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
  /**
   * Reads what a client sent.
   *
   * @throws ChatException VALIDATION_FAILED
   */
  public static SettingsChange read(JsonObject json) {
    json.only("mutedUntil", "archived", "pinned", "markedUnread");
    return new SettingsChange(
        json.has("mutedUntil"),
        json.optionalTime("mutedUntil").orElse(null),
        json.optionalFlag("archived"),
        json.optionalFlag("pinned"),
        json.optionalFlag("markedUnread"));
  }
}
