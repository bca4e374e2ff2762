package parley.delivery;

import java.util.Map;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/** What a request leaves to DeliveryFunction: its event. */
public sealed interface DeliveryTask permits Delivery, Greeting, PresenceTask {
  /** {@code {"delivery": {...}}}, {@code {"greeting": {...}}} or {@code {"presence": {...}}}. */
  default String toJson() {
    return Json.write(Map.of(kind(), this));
  }

  /** The task's name in its JSON. */
  String kind();

  /** Reads what {@link #toJson} wrote. */
  static DeliveryTask fromJson(String json) {
    JsonObject event = Json.readObject(json);
    if (event.has(PresenceTask.KIND)) {
      return PresenceTask.read(event.object(PresenceTask.KIND));
    }
    return event.has(Greeting.KIND)
        ? Greeting.read(event.object(Greeting.KIND))
        : Delivery.read(event.object(Delivery.KIND));
  }
}
