package parley.user;

import java.util.List;
import java.util.Optional;
import parley.platform.Text;

/** Finding users. */
public final class UserService {
  private static final int MAX_QUERY = 254;
  private final UserRepository users;

  public UserService(UserRepository users) {
    this.users = users;
  }

  /**
   * Up to 20 users whose name has {@code query} in it, whose handle begins with it (with or without
   * an {@code @} before) or whose email it is, if they let themselves be found by it; without
   * oneself, and without whom one blocks or who blocks one. An email is found only as a whole:
   * parts of it would let anybody read the emails of all users letter by letter.
   */
  public List<FoundUser> search(UserId me, Optional<String> query) {
    String text = query.map(String::strip).orElse("");
    return users.search(me, Text.require("q", text, 1, MAX_QUERY));
  }
}
