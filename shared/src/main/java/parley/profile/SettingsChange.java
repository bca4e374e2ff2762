package parley.profile;

import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;
import parley.profile.Settings.AddToGroups;
import parley.profile.Settings.FindByEmail;
import parley.profile.Settings.Presence;

/** A change of one's settings; what is empty is kept. */
public record SettingsChange(
    Optional<FindByEmail> findByEmail,
    Optional<Boolean> readReceipts,
    Optional<Presence> presence,
    Optional<AddToGroups> addToGroups) {
  /**
   * Reads what a client sent.
   *
   * @throws ChatException VALIDATION_FAILED
   */
  public static SettingsChange read(JsonObject json) {
    json.only("findByEmail", "readReceipts", "presence", "addToGroups");
    return new SettingsChange(
        json.optionalConstant("findByEmail", FindByEmail.class),
        json.optionalFlag("readReceipts"),
        json.optionalConstant("presence", Presence.class),
        json.optionalConstant("addToGroups", AddToGroups.class));
  }
}
