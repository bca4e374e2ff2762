package parley.user;

import java.util.List;
import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Text;

/** Reading and changing one's account, and finding others. */
public final class UserService {
  private static final int MAX_QUERY = 254;
  private final UserRepository users;

  public UserService(UserRepository users) {
    this.users = users;
  }

  /**
   * One's own account.
   *
   * @throws ChatException UNAUTHENTICATED if it is gone though the token still lives
   */
  public Account me(UserId me) {
    return users.find(me).orElseThrow(UserService::gone);
  }

  /** Changes what {@code change} has and leaves the rest. */
  public Account update(UserId me, ProfileChange change) {
    return users.update(me, change).orElseThrow(UserService::gone);
  }

  /**
   * Up to 20 users whose name has {@code query} in it or whose email is {@code query}, without
   * oneself. An email is found only as a whole: parts of it would let anybody read the emails of
   * all users letter by letter.
   */
  public List<FoundUser> search(UserId me, Optional<String> query) {
    String text = query.map(String::strip).orElse("");
    return users.search(me, Text.require("q", text, 1, MAX_QUERY));
  }

  private static ChatException gone() {
    return new ChatException(ErrorCode.UNAUTHENTICATED, "this account does not exist any more");
  }
}
