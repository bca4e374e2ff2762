package parley.mirror;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a client has by catching up: things by their type and id, and people. It applies pages as
 * docs/sync.md says. Not safe for use by many threads.
 */
public final class Copy {
  private static final List<String> MARKS = List.of("PIN", "STAR");
  private static final long GONE = Long.MAX_VALUE;

  private final Map<String, Map<String, JsonNode>> things = new TreeMap<>();
  private final People people = new People();
  private final Consumer<Copy> onStart;
  private final BiConsumer<Copy, JsonNode> onConversation;

  /** Of each conversation, the seq from which on it has all messages. */
  private final Map<String, Long> from = new HashMap<>();

  /**
   * @param onStart reads what a start does not have, before its first item is applied
   * @param onConversation reads what does not come with a conversation that was not there before
   */
  public Copy(Consumer<Copy> onStart, BiConsumer<Copy, JsonNode> onConversation) {
    this.onStart = onStart;
    this.onConversation = onConversation;
  }

  /** Applies a page. */
  public void apply(JsonNode page) {
    if (page.path("reset").asBoolean()) {
      things.clear();
      from.clear();
      people.clear();
      onStart.accept(this);
    }
    page.path("items").forEach(this::applyItem);
    if (page.path("items").valueStream().anyMatch(Copy::takesAway)) {
      people.keepOnly(named());
    }
  }

  private void applyItem(JsonNode item) {
    String type = item.path("type").asText();
    String id = item.path("id").asText();
    JsonNode data = item.path("data");
    people.learn(data);
    switch (type) {
      case "CONVERSATION" -> {
        long visibleFrom = data.path("visibleFromSeq").asLong(GONE);
        forget(id, visibleFrom);
        if (!item.has("data")) {
          from.remove(id);
        } else if (ofType(type).containsKey(id)) {
          from.merge(id, visibleFrom + 1, Math::max);
        } else {
          onConversation.accept(this, data);
          from.put(id, Math.max(firstSeq(item), visibleFrom + 1));
        }
      }
      case "MESSAGE" -> {
        if (item.has("data") && !ofType(type).containsKey(id)) {
          if (isOlder(data)) {
            return;
          }
          countAsRead(data);
        }
        if (!item.has("data") || data.has("deletedAt")) {
          MARKS.forEach(mark -> ofType(mark).remove(id));
        }
      }
      default -> {}
    }
    if (!item.has("data")) {
      ofType(type).remove(id);
    } else if (!type.equals("USER")) {
      put(type, id, data);
    }
  }

  /** The seq from which on a device has the messages of a conversation that is new on it. */
  private static long firstSeq(JsonNode conversation) {
    return conversation.path("from").asLong(conversation.at("/data/joinedSeq").asLong() + 1);
  }

  private boolean isOlder(JsonNode message) {
    return message.path("seq").asLong() < from(message.path("conversationId").asText());
  }

  /**
   * Who has written a message has received and read all up to it; a system message moves nothing.
   */
  private void countAsRead(JsonNode message) {
    JsonNode receipts = ofType("RECEIPT").get(message.path("conversationId").asText());
    if (receipts == null || message.has("change")) {
      return;
    }
    for (JsonNode receipt : receipts.path("receipts")) {
      if (receipt.path("userId").equals(message.path("senderId"))) {
        for (String field : List.of("deliveredSeq", "readSeq")) {
          if (receipt.has(field) && receipt.path(field).asLong() < message.path("seq").asLong()) {
            ((ObjectNode) receipt).set(field, message.path("seq"));
          }
        }
      }
    }
  }

  /** The seq from which on it has all messages of a conversation that its user sees. */
  public long from(String conversation) {
    return from.getOrDefault(conversation, 1L);
  }

  /** Whether a conversation may have older messages than it has. */
  public boolean mayHaveOlder(String conversation) {
    return from(conversation) > firstVisible(conversation);
  }

  /**
   * Takes in a page of older messages, which was read with the oldest known one as its cursor.
   *
   * @param isLast whether it has fewer messages than were asked for
   */
  public void addOlder(String conversation, List<JsonNode> page, boolean isLast) {
    for (JsonNode message : page) {
      people.learn(message);
      ObjectNode alone = message.deepCopy();
      put("MESSAGE", message.path("id").asText(), alone.without("sender"));
    }
    from.put(
        conversation, isLast ? firstVisible(conversation) : page.getLast().path("seq").asLong());
  }

  private long firstVisible(String conversation) {
    return requireNonNull(ofType("CONVERSATION").get(conversation)).path("visibleFromSeq").asLong()
        + 1;
  }

  /** Drops what is not to be seen any more of a conversation, all of one that is gone. */
  private void forget(String conversation, long upToSeq) {
    if (upToSeq == GONE) {
      ofType("RECEIPT").remove(conversation);
    }
    for (String type : List.of("MESSAGE", "PIN", "STAR")) {
      ofType(type)
          .values()
          .removeIf(
              thing ->
                  thing.path("conversationId").asText().equals(conversation)
                      && thing.path("seq").asLong() <= upToSeq);
    }
  }

  private static boolean takesAway(JsonNode item) {
    return !item.has("data") || item.path("data").has("visibleFromSeq");
  }

  private Map<String, JsonNode> ofType(String type) {
    return things.computeIfAbsent(type, unknown -> new LinkedHashMap<>());
  }

  /** Takes in a thing that was read from its own route. */
  public void put(String type, String id, JsonNode thing) {
    ofType(type).put(id, thing);
  }

  /** Takes in everybody whom something shows, as a live event. */
  public void learn(JsonNode thing) {
    people.learn(thing);
  }

  /** What there is of a type, by id; everybody in it is shown as the client knows them. */
  public Map<String, JsonNode> known(String type) {
    Map<String, JsonNode> known = new LinkedHashMap<>();
    things.getOrDefault(type, Map.of()).forEach((id, thing) -> known.put(id, people.in(thing)));
    return known;
  }

  /** Everybody who is known, by their ids. */
  public Map<String, JsonNode> people() {
    return people.known();
  }

  /** The ids of all whom anything names. */
  public Set<String> named() {
    return People.namedIn(
        things.values().stream().map(Map::values).flatMap(Collection::stream).toList());
  }

  /** A conversation without what messages and receipts change of it, for which it does not come. */
  public static JsonNode lasting(JsonNode conversation) {
    return conversation
        .<ObjectNode>deepCopy()
        .without(List.of("lastMessage", "lastMessageAt", "lastSeq", "lastReadSeq", "otherReceipt"));
  }
}
