package parley.profile;

import java.util.Set;
import parley.circle.CircleService;
import parley.delivery.Broadcaster;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.presence.PresenceService;
import parley.profile.ProfileRepository.Change;
import parley.user.UserId;

/** Reading and changing one's own account and settings. */
public final class ProfileService {
  private final ProfileRepository profiles;
  private final CircleService circles;
  private final PresenceService presence;
  private final Broadcaster broadcaster;

  public ProfileService(
      ProfileRepository profiles,
      CircleService circles,
      PresenceService presence,
      Broadcaster broadcaster) {
    this.profiles = profiles;
    this.circles = circles;
    this.presence = presence;
    this.broadcaster = broadcaster;
  }

  /**
   * One's own account.
   *
   * @throws ChatException UNAUTHENTICATED if it is gone though the token still lives
   */
  public Account me(UserId me) {
    return profiles.find(me).orElseThrow(ProfileService::gone);
  }

  /**
   * Changes what {@code change} has and leaves the rest. One's own devices and one's friends, the
   * first 500, are told; everybody else to whom the profile is shown learns of it by catching up.
   * What is so already is told to nobody.
   *
   * @throws ChatException HANDLE_TAKEN if another user has the handle, in whatever case;
   *     TOO_MANY_CHANGES_TODAY
   */
  public Account update(UserId me, ProfileChange change) {
    Change changed = profiles.update(me, change).orElseThrow(ProfileService::gone);
    if (!changed.audience().isEmpty()) {
      broadcaster.tell(changed.audience(), new ProfileEvent.Updated(changed.account().profile()));
    }
    return changed.account();
  }

  /** One's own settings. */
  public Settings settings(UserId me) {
    return profiles.settings(me).orElseThrow(ProfileService::gone);
  }

  /**
   * Changes what {@code change} has and leaves the rest, and tells one's own devices; friends see
   * at once whether one shows them one's presence.
   *
   * @throws ChatException TOO_MANY_CHANGES_TODAY
   */
  public Settings update(UserId me, SettingsChange change) {
    Settings settings =
        change
            .presence()
            .map(shown -> updatePresence(me, change))
            .orElseGet(() -> store(me, change));
    broadcaster.tell(Set.of(me), new ProfileEvent.SettingsUpdated(settings));
    return settings;
  }

  private Settings updatePresence(UserId me, SettingsChange change) {
    Set<UserId> shownBefore = presence.shownTo(me);
    Settings settings = circles.narrowing(me, () -> store(me, change));
    presence.shownToOthers(me, shownBefore);
    return settings;
  }

  private Settings store(UserId me, SettingsChange change) {
    return profiles.update(me, change).orElseThrow(ProfileService::gone);
  }

  private static ChatException gone() {
    return new ChatException(ErrorCode.UNAUTHENTICATED, "this account does not exist any more");
  }
}
