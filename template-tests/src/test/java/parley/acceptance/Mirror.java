package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a client of a person knows who does nothing but to catch up, as docs/sync.md says. What is
 * not part of a start it reads from its route: the stars then, and the pins of each conversation
 * that it did not have.
 */
final class Mirror {
  private static final List<String> MARKS = List.of("PIN", "STAR");

  private final Person person;
  private final Map<String, Map<String, JsonNode>> things = new TreeMap<>();
  private @Nullable String cursor;

  Mirror(Person person) {
    this.person = person;
  }

  String cursor() {
    return String.valueOf(cursor);
  }

  /** Reads pages until there is no more, applies them as they come, and gives them. */
  List<JsonNode> catchUp(int limit) {
    List<JsonNode> pages = new ArrayList<>();
    boolean hasMore = true;
    while (hasMore) {
      JsonNode page = page(limit);
      pages.add(page);
      hasMore = page.path("hasMore").asBoolean();
    }
    return pages;
  }

  /** Reads and applies one page. */
  JsonNode page(int limit) {
    String from = cursor == null ? "" : "&cursor=" + cursor;
    JsonNode page = person.api().get("/sync?limit=" + limit + from).require(200);
    if (page.path("reset").asBoolean()) {
      things.clear();
      starred().forEach(message -> ofType("STAR").put(id(message), mark(message)));
    }
    page.path("items").forEach(this::apply);
    cursor = page.path("cursor").asText();
    return page;
  }

  private void apply(JsonNode item) {
    Map<String, JsonNode> ofType = ofType(item.path("type").asText());
    String id = id(item);
    switch (item.path("type").asText()) {
      case "CONVERSATION" -> {
        forget(id, item.at("/data/visibleFromSeq").asLong(Long.MAX_VALUE));
        if (item.has("data") && !ofType.containsKey(id)) {
          pins(id).forEach(pin -> ofType("PIN").put(pin.path("messageId").asText(), pin));
        }
      }
      case "MESSAGE" -> {
        if (!item.has("data") || item.path("data").has("deletedAt")) {
          MARKS.forEach(type -> ofType(type).remove(id));
        }
      }
      default -> {}
    }
    if (item.has("data")) {
      ofType.put(id, item.path("data"));
    } else {
      ofType.remove(id);
    }
  }

  private Map<String, JsonNode> ofType(String type) {
    return things.computeIfAbsent(type, unknown -> new LinkedHashMap<>());
  }

  /** Drops what is not to be seen any more of a conversation, all of one that is gone. */
  private void forget(String conversation, long upToSeq) {
    for (String type : List.of("MESSAGE", "PIN", "STAR")) {
      ofType(type)
          .values()
          .removeIf(
              thing ->
                  thing.path("conversationId").asText().equals(conversation)
                      && seq(thing) <= upToSeq);
    }
  }

  /** All starred messages, page by page. */
  private List<JsonNode> starred() {
    return person.all("/messages/starred?limit=30");
  }

  /** The pins of a conversation as the feed has them; none of one that is gone by now. */
  private List<JsonNode> pins(String conversation) {
    String path = "/conversations/" + conversation + "/pins";
    if (person.api().get(path).status() == 404) {
      return List.of();
    }
    return person.all(path).stream()
        .<JsonNode>map(
            pinned -> {
              ObjectNode pin = mark(pinned.path("message"));
              pin.set("pinnedBy", pinned.path("pinnedBy"));
              pin.set("pinnedAt", pinned.path("pinnedAt"));
              return pin;
            })
        .toList();
  }

  /** What a pin and a star say of a message. */
  private static ObjectNode mark(JsonNode message) {
    ObjectNode mark = JsonNodeFactory.instance.objectNode();
    mark.set("messageId", message.path("id"));
    mark.set("conversationId", message.path("conversationId"));
    mark.set("seq", message.path("seq"));
    if (message.has("expiresAt")) {
      mark.set("expiresAt", message.path("expiresAt"));
    }
    return mark;
  }

  /** What it knows of a type, by id. */
  Map<String, JsonNode> known(String type) {
    return things.getOrDefault(type, Map.of());
  }

  /** The messages of a conversation that it knows, by seq. */
  List<JsonNode> messages(String conversation) {
    return known("MESSAGE").values().stream()
        .filter(message -> message.path("conversationId").asText().equals(conversation))
        .sorted((one, other) -> Long.compare(seq(one), seq(other)))
        .toList();
  }

  /**
   * Checks that it knows what the other routes tell; of each conversation all messages from the
   * first one that it knows.
   */
  void mustBeUpToDate() {
    List<JsonNode> conversations = person.all("/conversations");
    assertThat(known("CONVERSATION").keySet()).isEqualTo(ids(conversations));
    for (String id : ids(conversations)) {
      List<JsonNode> known = messages(id);
      long from = known.isEmpty() ? 1 : seq(known.getFirst());
      assertThat(known)
          .isEqualTo(
              person.history(id).reversed().stream()
                  .filter(message -> seq(message) >= from)
                  .toList());
    }
    assertThat(known("MESSAGE").values())
        .allMatch(message -> ids(conversations).contains(message.path("conversationId").asText()));
    assertThat(known("FRIEND").values())
        .containsExactlyInAnyOrderElementsOf(person.all("/friends"));
    assertThat(known("BLOCK").values()).containsExactlyInAnyOrderElementsOf(person.all("/blocks"));
    List<JsonNode> requests = new ArrayList<>(person.all("/friends/requests"));
    requests.addAll(person.all("/friends/requests/me"));
    assertThat(known("FRIEND_REQUEST").values())
        .filteredOn(request -> request.path("status").asText().equals("PENDING"))
        .containsExactlyInAnyOrderElementsOf(requests);
    marksMustBeUpToDate(ids(conversations));
  }

  private void marksMustBeUpToDate(Set<String> conversations) {
    assertThat(known("PIN").values())
        .containsExactlyInAnyOrderElementsOf(
            conversations.stream().flatMap(id -> pins(id).stream()).toList());
    assertThat(known("STAR").keySet())
        .containsExactlyInAnyOrderElementsOf(starred().stream().map(Mirror::id).toList());
  }

  private static String id(JsonNode thing) {
    return thing.path("id").asText();
  }

  static long seq(JsonNode message) {
    return message.path("seq").asLong();
  }

  private static Set<String> ids(List<JsonNode> things) {
    return things.stream().map(Mirror::id).collect(Collectors.toSet());
  }
}
