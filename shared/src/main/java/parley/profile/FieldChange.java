package parley.profile;

import org.jspecify.annotations.Nullable;
import parley.platform.json.JsonObject;

/**
 * What a change does to a text that one may have or not.
 *
 * @param made whether it does anything
 * @param value the new text, null to remove it
 */
public record FieldChange(boolean made, @Nullable String value) {
  /** Left out of the object it is kept, null it is removed. */
  static FieldChange read(JsonObject json, String field) {
    return new FieldChange(json.has(field), json.optionalString(field).orElse(null));
  }
}
