package parley.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import parley.checker.Entry;
import parley.mirror.Copy;

/** What devices have in the end, as texts that are equal where what they say is. */
final class Holdings {
  /** Messages have rules of their own, and a start does not have what is not here. */
  private static final List<String> TYPES =
      List.of("CONVERSATION", "FRIEND", "FRIEND_REQUEST", "BLOCK");

  private static final int MOST_IDS = 100;

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Holdings() {}

  /** What a device of a user has that begins now. */
  static Entry.Held begun(User user) {
    Copy copy = new Copy(started -> {}, (had, conversation) -> {});
    String from = "";
    boolean hasMore = true;
    while (hasMore) {
      JsonNode page = user.http().get("/sync?limit=100" + from).require();
      copy.apply(page);
      from = "&cursor=" + URLEncoder.encode(page.path("cursor").asText(), StandardCharsets.UTF_8);
      hasMore = page.path("hasMore").asBoolean();
    }
    return of(copy, user, "a new device of " + user.id(), true);
  }

  /** What a device has, when it has looked up whom it does not know. */
  static Entry.Held of(Copy copy, User user, String device, boolean begun) {
    Set<String> named = new TreeSet<>(copy.named());
    named.remove(user.id());
    lookUp(copy, user, named);
    Map<String, JsonNode> people = new TreeMap<>(copy.people());
    Set<String> nameless = new TreeSet<>(named);
    nameless.removeAll(people.keySet());
    people.keySet().retainAll(named);
    return new Entry.Held(
        user.id(),
        device,
        begun,
        TYPES.stream()
            .collect(Collectors.toMap(Function.identity(), type -> texts(type, copy.known(type)))),
        texts(people, UnaryOperator.identity()),
        nameless);
  }

  /** A user as others are to see them, as they are told themselves. */
  static Entry.ProfileRead profile(User user) {
    JsonNode account = user.http().get("/users/me").require();
    return new Entry.ProfileRead(
        user.id(),
        account.path("name").asText(),
        text(account.<ObjectNode>deepCopy().without(List.of("email", "createdAt"))));
  }

  private static void lookUp(Copy copy, User user, Set<String> named) {
    List<String> unknown =
        named.stream().filter(id -> !copy.people().containsKey(id)).limit(MOST_IDS).toList();
    if (!unknown.isEmpty()) {
      copy.learn(user.http().get("/users?ids=" + String.join(",", unknown)).require());
    }
  }

  private static Map<String, String> texts(String type, Map<String, JsonNode> things) {
    Map<String, JsonNode> counted = new TreeMap<>(things);
    if (type.equals("FRIEND_REQUEST")) {
      counted.values().removeIf(request -> !request.path("status").asText().equals("PENDING"));
    }
    return texts(counted, type.equals("CONVERSATION") ? Copy::lasting : UnaryOperator.identity());
  }

  private static Map<String, String> texts(
      Map<String, JsonNode> things, UnaryOperator<JsonNode> lasting) {
    Map<String, String> texts = new TreeMap<>();
    things.forEach((id, thing) -> texts.put(id, text(lasting.apply(thing))));
    return texts;
  }

  private static String text(JsonNode thing) {
    try {
      return SORTED.writeValueAsString(SORTED.convertValue(thing, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
