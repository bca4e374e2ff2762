package parley.profile;

import parley.delivery.ServerEvent;
import parley.user.Profile;

/** What clients are told of profiles. */
public sealed interface ProfileEvent extends ServerEvent {
  /** A user changed what others see of them: to their friends and their own devices. */
  record Updated(Profile user) implements ProfileEvent {
    @Override
    public String name() {
      return "user:updated";
    }
  }

  /** A user changed their settings: to their own devices. */
  record SettingsUpdated(Settings settings) implements ProfileEvent {
    @Override
    public String name() {
      return "user:settings_updated";
    }
  }
}
