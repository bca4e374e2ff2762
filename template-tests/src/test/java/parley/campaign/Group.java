package parley.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A group.
 *
 * @param founder who never leaves it, nor is removed, so that it does not end
 * @param invite the token by which whoever knows it comes in
 */
record Group(String id, String founder, String invite) {
  /** How many may come in by an invite, which is more than do, and for how long. */
  private static final Map<String, Integer> MANY =
      Map.of("maxUses", 1_000, "expiresInSeconds", 2_592_000);

  private static final long PAUSE_NANOS = 50_000_000;

  /** Makes a group, and an invite; asks until it is answered, as the same group. */
  static Group found(User founder, List<User> members, String history, Deadline deadline) {
    String id =
        insist(
                founder,
                "/groups",
                Map.of(
                    "title",
                    "Group of " + founder.id(),
                    "userIds",
                    members.stream().map(User::id).toList(),
                    "history",
                    history,
                    "clientId",
                    UUID.randomUUID().toString()),
                deadline)
            .body()
            .path("id")
            .asText();
    String invite =
        insist(founder, "/groups/" + id + "/invites", MANY, deadline).body().path("token").asText();
    return new Group(id, founder.id(), invite);
  }

  private static Http.Answer insist(User user, String path, Object body, Deadline deadline) {
    List<String> refusals = new ArrayList<>();
    Http.@Nullable Answer made = null;
    while (made == null) {
      deadline.check(() -> path + " does not succeed: " + refusals);
      Optional<Http.Answer> answer = user.http().tryPost(path, body);
      made = answer.filter(given -> given.status() == 201).orElse(null);
      refusals.add(answer.map(Http.Answer::toString).orElse("no answer"));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return made;
  }
}
