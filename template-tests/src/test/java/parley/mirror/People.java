package parley.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The people whom a client knows, by their ids, as docs/sync.md says: filled by everything that
 * shows one, of which the highest version counts. The sender of a message in the history has no
 * {@code aboutMe} and leaves what else is known as it is.
 */
final class People {
  private static final List<String> PROFILE =
      List.of("name", "profileImage", "aboutMe", "handle", "version");

  private static final List<String> PERSON =
      Stream.concat(Stream.of("id"), PROFILE.stream()).toList();

  private final Map<String, ObjectNode> known = new TreeMap<>();

  /** Takes in everybody whom a thing shows. */
  void learn(JsonNode thing) {
    if (isPerson(thing)) {
      String id = thing.path("id").asText();
      if (!known.containsKey(id) || version(known.get(id)) <= version(thing)) {
        ObjectNode person = thing.deepCopy();
        person.retain(PERSON);
        boolean isPart = !person.has("aboutMe");
        known.put(
            id, isPart && known.containsKey(id) ? known.get(id).deepCopy().setAll(person) : person);
      }
    }
    thing.forEach(this::learn);
  }

  /** A thing with everybody in it as they are known. */
  JsonNode in(JsonNode thing) {
    JsonNode copy = thing.deepCopy();
    refresh(copy);
    return copy;
  }

  private void refresh(JsonNode thing) {
    if (isPerson(thing) && known.containsKey(thing.path("id").asText())) {
      ObjectNode person = (ObjectNode) thing;
      ObjectNode now = known.get(thing.path("id").asText());
      for (String field : PROFILE) {
        if (now.has(field)) {
          person.set(field, now.get(field));
        } else {
          person.remove(field);
        }
      }
    }
    thing.forEach(this::refresh);
  }

  /** Forgets everybody but these. */
  void keepOnly(Set<String> ids) {
    known.keySet().retainAll(ids);
  }

  /** Who is known, by their ids. */
  Map<String, JsonNode> known() {
    return new HashMap<>(known);
  }

  void clear() {
    known.clear();
  }

  /** The ids of all whom things name, whether or not they show them. */
  static Set<String> namedIn(Collection<JsonNode> things) {
    Set<String> ids = new HashSet<>();
    things.forEach(thing -> addNamed(ids, thing));
    return ids;
  }

  private static void addNamed(Set<String> ids, JsonNode thing) {
    if (isPerson(thing)) {
      ids.add(thing.path("id").asText());
    }
    for (String field : List.of("senderId", "receiverId", "userId", "pinnedBy")) {
      if (thing.has(field)) {
        ids.add(thing.path(field).asText());
      }
    }
    for (String field : List.of("mentions", "userIds")) {
      thing.path(field).forEach(id -> ids.add(id.asText()));
    }
    thing.forEach(part -> addNamed(ids, part));
  }

  private static boolean isPerson(JsonNode thing) {
    return thing.has("id") && thing.has("name") && thing.has("version");
  }

  private static long version(JsonNode person) {
    return person.path("version").asLong();
  }
}
