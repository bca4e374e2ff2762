package parley.delivery;

import java.util.List;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/** Users whose friends are still to be told whether they are online. */
public record PresenceTask(List<UserId> users) implements DeliveryTask {
  static final String KIND = "presence";

  @Override
  public String kind() {
    return KIND;
  }

  static PresenceTask read(JsonObject presence) {
    if (!(presence.value("users") instanceof List<?> users)) {
      throw new IllegalArgumentException("a presence without users");
    }
    return new PresenceTask(
        users.stream().map(id -> new UserId(Ids.parse("users", String.valueOf(id)))).toList());
  }
}
