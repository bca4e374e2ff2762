package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client of a person knows who does nothing but to catch up. */
final class Mirror {
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
    }
    page.path("items").forEach(this::apply);
    cursor = page.path("cursor").asText();
    return page;
  }

  private void apply(JsonNode item) {
    Map<String, JsonNode> ofType =
        things.computeIfAbsent(item.path("type").asText(), type -> new LinkedHashMap<>());
    String id = item.path("id").asText();
    if (item.path("type").asText().equals("CONVERSATION")) {
      forgetMessages(id, item.at("/data/visibleFromSeq").asLong(Long.MAX_VALUE));
    }
    if (item.has("data")) {
      ofType.put(id, item.path("data"));
    } else {
      ofType.remove(id);
    }
  }

  /** Drops what is not to be seen any more of a conversation, all of one that is gone. */
  private void forgetMessages(String conversation, long upToSeq) {
    things
        .getOrDefault("MESSAGE", Map.of())
        .values()
        .removeIf(
            message ->
                message.path("conversationId").asText().equals(conversation)
                    && seq(message) <= upToSeq);
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
    List<JsonNode> conversations = person.list("/conversations");
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
        .containsExactlyInAnyOrderElementsOf(person.list("/friends"));
    assertThat(known("BLOCK").values()).containsExactlyInAnyOrderElementsOf(person.list("/blocks"));
    List<JsonNode> requests = new ArrayList<>(person.list("/friends/requests"));
    requests.addAll(person.list("/friends/requests/me"));
    assertThat(known("FRIEND_REQUEST").values())
        .filteredOn(request -> request.path("status").asText().equals("PENDING"))
        .containsExactlyInAnyOrderElementsOf(requests);
  }

  static long seq(JsonNode message) {
    return message.path("seq").asLong();
  }

  private static Set<String> ids(List<JsonNode> things) {
    return things.stream().map(thing -> thing.path("id").asText()).collect(Collectors.toSet());
  }
}
