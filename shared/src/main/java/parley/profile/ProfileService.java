package parley.profile;

import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.user.UserId;

/** Reading and changing one's own account and settings. */
public final class ProfileService {
  private final ProfileRepository profiles;

  public ProfileService(ProfileRepository profiles) {
    this.profiles = profiles;
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
   * Changes what {@code change} has and leaves the rest.
   *
   * @throws ChatException HANDLE_TAKEN if another user has the handle, in whatever case
   */
  public Account update(UserId me, ProfileChange change) {
    return profiles.update(me, change).orElseThrow(ProfileService::gone);
  }

  /** One's own settings. */
  public Settings settings(UserId me) {
    return profiles.settings(me).orElseThrow(ProfileService::gone);
  }

  /** Changes what {@code change} has and leaves the rest. */
  public Settings update(UserId me, SettingsChange change) {
    return profiles.update(me, change).orElseThrow(ProfileService::gone);
  }

  private static ChatException gone() {
    return new ChatException(ErrorCode.UNAUTHENTICATED, "this account does not exist any more");
  }
}
