package parley.user;

import java.util.List;
import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.Text;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;

/** Finding users, and looking up those whose ids one has. */
public final class UserService {
  /** How many ids are looked up at once. */
  public static final int MAX_IDS = 100;

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
    String text = Text.requireVisible("q", query.orElse(""), 1, MAX_QUERY);
    return users.search(me, Text.strip(text), page);
  }

  /**
   * The profiles of those of these users whom {@code me} may see: who wrote a message, is
   * mentioned, has pinned or read one. Others are left out, and nothing tells whether they exist.
   *
   * @param ids 1 to {@value #MAX_IDS}; one that is named twice gives one profile
   * @throws ChatException VALIDATION_FAILED
   */
  public List<Profile> find(UserId me, List<UserId> ids) {
    if (ids.isEmpty() || ids.size() > MAX_IDS) {
      throw ChatException.invalid("ids must be 1 to " + MAX_IDS + " ids of users");
    }
    return users.byIds(me, ids.stream().map(UserId::value).distinct().toList());
  }
}
