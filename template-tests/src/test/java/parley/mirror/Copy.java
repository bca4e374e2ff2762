package parley.mirror;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a client has by catching up: things by their type and id, and people. It applies pages as
 * docs/sync.md says. Not safe for use by many threads.
 */
public final class Copy {
  private static final List<String> MARKS = List.of("PIN", "STAR");
  private static final long GONE = Long.MAX_VALUE;

  private final String me;
  private final Map<String, Map<String, JsonNode>> things = new TreeMap<>();
  private final People people = new People();
  private final Consumer<Copy> onStart;
  private final BiConsumer<Copy, JsonNode> onConversation;

  /** Of each conversation, the seq from which on it has all messages. */
  private final Map<String, Long> from = new HashMap<>();

  /**
   * @param me the id of the client's user
   * @param onStart reads what a start does not have, before its first item is applied
   * @param onConversation reads what does not come with a conversation that was not there before
   */
  public Copy(String me, Consumer<Copy> onStart, BiConsumer<Copy, JsonNode> onConversation) {
    this.me = me;
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
          count(data);
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
   * A message is the last one of its conversation. Who has written it has received and read all up
   * to it; a system message moves no receipt.
   */
  private void count(JsonNode message) {
    String id = message.path("conversationId").asText();
    JsonNode seq = message.path("seq");
    JsonNode sender = message.path("senderId");
    JsonNode conversation = ofType("CONVERSATION").get(id);
    if (conversation != null) {
      raise(conversation, "lastSeq", seq);
    }
    if (message.has("change")) {
      return;
    }
    if (conversation != null && conversation.at("/otherUser/id").equals(sender)) {
      raiseReceipt(conversation.path("otherReceipt"), seq);
    }
    if (conversation != null && sender.asText().equals(me)) {
      raise(conversation, "lastReadSeq", seq);
    }
    ofType("RECEIPT")
        .getOrDefault(id, MissingNode.getInstance())
        .path("receipts")
        .valueStream()
        .filter(receipt -> receipt.path("userId").equals(sender))
        .forEach(receipt -> raiseReceipt(receipt, seq));
  }

  private static void raiseReceipt(JsonNode receipt, JsonNode seq) {
    raise(receipt, "deliveredSeq", seq);
    raise(receipt, "readSeq", seq);
  }

  /** A receipt of somebody who keeps their reading to themselves has no such field. */
  private static void raise(JsonNode of, String field, JsonNode seq) {
    if (of.has(field) && of.path(field).asLong() < seq.asLong()) {
      ((ObjectNode) of).set(field, seq);
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
   * Reads a page of older messages of a conversation; gives whether there may be more.
   *
   * @param read gives the page that is at a path
   */
  public boolean readOlder(String conversation, int limit, Function<String, JsonNode> read) {
    String path = "/messages?limit=" + limit + "&conversationId=" + conversation;
    JsonNode page = read.apply(path + oldest(conversation).map(id -> "&cursor=" + id).orElse(""));
    for (JsonNode message : page) {
      people.learn(message);
      ObjectNode alone = message.deepCopy();
      put("MESSAGE", message.path("id").asText(), alone.without("sender"));
    }
    from.put(
        conversation,
        page.size() < limit
            ? firstVisible(conversation)
            : page.path(page.size() - 1).path("seq").asLong());
    return mayHaveOlder(conversation);
  }

  private Optional<String> oldest(String conversation) {
    return ofType("MESSAGE").values().stream()
        .filter(message -> message.path("conversationId").asText().equals(conversation))
        .min(Comparator.comparingLong(message -> message.path("seq").asLong()))
        .map(message -> message.path("id").asText());
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

  /** Whom anything names and whom it does not know, or only as who wrote a message. */
  public Set<String> strangers() {
    Set<String> strangers = named();
    people
        .known()
        .forEach(
            (id, person) -> {
              if (person.has("aboutMe")) {
                strangers.remove(id);
              }
            });
    return strangers;
  }

  /** The ids of all whom anything names. */
  public Set<String> named() {
    return People.namedIn(
        things.values().stream().map(Map::values).flatMap(Collection::stream).toList());
  }

  /**
   * The conversations by their ids, without what {@link #withoutPreview} leaves out, each with the
   * {@code lastReadSeq} that follows from the messages.
   */
  public Map<String, JsonNode> conversations() {
    Map<String, JsonNode> conversations = new LinkedHashMap<>();
    known("CONVERSATION")
        .forEach(
            (id, conversation) -> {
              ObjectNode shown = withoutPreview(conversation);
              shown.put("lastReadSeq", Math.toIntExact(readSeq(id, conversation)));
              conversations.put(id, shown);
            });
    return conversations;
  }

  /** A device that has not all messages after the receipt goes by what it was told. */
  private long readSeq(String id, JsonNode conversation) {
    long read = conversation.path("lastReadSeq").asLong();
    if (from(id) > read + 1) {
      return read;
    }
    return ofType("MESSAGE").values().stream()
            .filter(message -> message.path("conversationId").asText().equals(id))
            .filter(message -> !message.has("change"))
            .filter(message -> !message.path("senderId").asText().equals(me))
            .mapToLong(message -> message.path("seq").asLong())
            .filter(seq -> seq > read)
            .min()
            .orElse(conversation.path("lastSeq").asLong() + 1)
        - 1;
  }

  /** A conversation without its preview, which a client makes of the messages that it has. */
  public static ObjectNode withoutPreview(JsonNode conversation) {
    return conversation.<ObjectNode>deepCopy().without(List.of("lastMessage", "lastMessageAt"));
  }
}
