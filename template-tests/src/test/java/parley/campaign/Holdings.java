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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.checker.Entry;
import parley.mirror.Copy;

/** What devices have in the end, as texts that are equal where what they say is. */
final class Holdings {
  private static final List<String> TYPES =
      List.of("CONVERSATION", "MESSAGE", "RECEIPT", "FRIEND", "FRIEND_REQUEST", "BLOCK");

  private static final int MOST_IDS = 100;
  private static final int PAGE = 100;

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Holdings() {}

  /** A device that has nothing yet; receipts and older messages it reads when they are wanted. */
  static Copy copy(User user) {
    return new Copy(user.id(), started -> {}, (had, conversation) -> {});
  }

  /** Whether a device has this group. */
  static boolean hasGroup(Copy copy, String conversation) {
    JsonNode known = copy.known("CONVERSATION").get(conversation);
    return known != null && known.path("kind").asText().equals("GROUP");
  }

  /** The receipts of a group as its route gives them; none if there is no answer. */
  static Optional<JsonNode> receipts(User user, String group) {
    return user.http()
        .tryGet("/conversations/" + group + "/receipts")
        .filter(answer -> answer.status() == 200)
        .map(Http.Answer::body);
  }

  /** What a device of a user has that begins now. */
  static Entry.Held begun(User user) {
    Copy copy = copy(user);
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

  /**
   * What a device has, when it has opened all groups, read all older messages, and looked up whom
   * it does not know.
   */
  static Entry.Held of(Copy copy, User user, String device, boolean begun) {
    for (String conversation : copy.known("CONVERSATION").keySet()) {
      if (hasGroup(copy, conversation) && !copy.known("RECEIPT").containsKey(conversation)) {
        receipts(user, conversation)
            .ifPresent(receipts -> copy.put("RECEIPT", conversation, receipts));
      }
      boolean more = copy.mayHaveOlder(conversation);
      while (more) {
        more = copy.readOlder(conversation, PAGE, path -> user.http().get(path).require());
      }
    }
    Set<String> named = new TreeSet<>(copy.named());
    named.remove(user.id());
    lookUp(copy, user);
    Map<String, JsonNode> people = new TreeMap<>(copy.people());
    Set<String> nameless = new TreeSet<>(named);
    nameless.removeAll(people.keySet());
    people.keySet().retainAll(named);
    return new Entry.Held(
        user.id(),
        device,
        begun,
        TYPES.stream().collect(Collectors.toMap(Function.identity(), type -> texts(type, copy))),
        texts(people),
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

  private static void lookUp(Copy copy, User user) {
    List<String> unknown =
        copy.strangers().stream().filter(id -> !id.equals(user.id())).limit(MOST_IDS).toList();
    if (!unknown.isEmpty()) {
      copy.learn(user.http().get("/users?ids=" + String.join(",", unknown)).require());
    }
  }

  private static Map<String, String> texts(String type, Copy copy) {
    return switch (type) {
      case "CONVERSATION" -> texts(copy.conversations());
      case "FRIEND_REQUEST" -> {
        Map<String, JsonNode> waiting = new TreeMap<>(copy.known(type));
        waiting.values().removeIf(request -> !request.path("status").asText().equals("PENDING"));
        yield texts(waiting);
      }
      default -> texts(copy.known(type));
    };
  }

  private static Map<String, String> texts(Map<String, JsonNode> things) {
    Map<String, String> texts = new TreeMap<>();
    things.forEach((id, thing) -> texts.put(id, text(thing)));
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
