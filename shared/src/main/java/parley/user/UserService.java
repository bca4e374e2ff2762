package parley.user;

import java.util.Optional;
import parley.platform.Text;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;

/** Finding users. */
public final class UserService {
  private static final int MAX_QUERY = 254;
  private final UserRepository users;

  public UserService(UserRepository users) {
    this.users = users;
  }

  /**
   * The users whose name has {@code query} in it, whose handle begins with it (with or without an
   * {@code @} before) or whose email it is, if they let themselves be found by it; without oneself
   * and whom one blocks; 20 on a page at most. Who blocks one is found as ever, because their
   * absence would tell of it. An email is found only as a whole: parts of it would let anybody read
   * the emails of all users letter by letter.
   */
  public Page<FoundUser> search(UserId me, Optional<String> query, PageRequest page) {
    String text = query.map(String::strip).orElse("");
    return users.search(me, Text.require("q", text, 1, MAX_QUERY), page);
  }
}
