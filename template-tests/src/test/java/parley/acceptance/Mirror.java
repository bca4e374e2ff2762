package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.mirror.Copy;

/**
 * /** What a client knows that does nothing but catch up, as docs/sync.md says. What is not part of
 * a start it reads from its route: the stars then, and the pins and, of a group, the receipts of
 * each conversation that it did not have. Older messages it reads when it is asked to.
 */
final class Mirror {
  private final Person person;
  private final Copy copy;
  private @Nullable String cursor;

  Mirror(Person person) {
    this.person = person;
    this.copy = new Copy(person.id(), this::readStars, this::readMarks);
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
    copy.apply(page);
    cursor = page.path("cursor").asText();
    return page;
  }

  private void readStars(Copy to) {
    starred().forEach(message -> to.put("STAR", id(message), mark(message)));
  }

  private void readMarks(Copy to, JsonNode conversation) {
    String id = id(conversation);
    pins(id).forEach(pin -> to.put("PIN", pin.path("messageId").asText(), pin));
    if (conversation.path("kind").asText().equals("GROUP")) {
      receipts(id).ifPresent(receipts -> to.put("RECEIPT", id, receipts));
    }
  }

  /** Reads a page of older messages of a conversation; gives whether there may be more. */
  boolean readOlder(String conversation, int limit) {
    return copy.readOlder(conversation, limit, path -> person.api().get(path).require(200));
  }

  /** Whether there may be older messages than it has. */
  boolean mayHaveOlder(String conversation) {
    return copy.mayHaveOlder(conversation);
  }

  /** The receipts of a group; none of one that is gone by now. */
  private Optional<JsonNode> receipts(String group) {
    Response answer = person.api().get("/conversations/" + group + "/receipts");
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(answer.require(200)).filter(receipts -> receipts.has("receipts"));
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

  /** What it knows of a type, by id; everybody in it is shown as the client knows them. */
  Map<String, JsonNode> known(String type) {
    return copy.known(type);
  }

  /** Everybody whom it knows, by their ids. */
  Map<String, JsonNode> people() {
    return copy.people();
  }

  /** The messages of a conversation that it knows, by seq. */
  List<JsonNode> messages(String conversation) {
    return known("MESSAGE").values().stream()
        .filter(message -> message.path("conversationId").asText().equals(conversation))
        .sorted((one, other) -> Long.compare(seq(one), seq(other)))
        .toList();
  }

  /**
   * Checks that it knows what the other routes tell; of each conversation all messages that it is
   * said to have.
   */
  void mustBeUpToDate() {
    List<JsonNode> conversations = person.all("/conversations");
    assertThat(copy.conversations().values())
        .containsExactlyInAnyOrderElementsOf(
            conversations.stream().<JsonNode>map(Copy::withoutPreview).toList());
    for (String id : ids(conversations)) {
      assertThat(messages(id))
          .isEqualTo(
              person.history(id).reversed().stream()
                  .filter(message -> seq(message) >= copy.from(id))
                  .toList());
    }
    peopleMustBeUpToDate();
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

  /** Everybody whom anything names can be shown, and as they are now. */
  private void peopleMustBeUpToDate() {
    List<String> named = copy.named().stream().sorted().toList();
    Map<String, JsonNode> now = new TreeMap<>();
    for (int i = 0; i < named.size(); i += 100) {
      String ids = String.join(",", named.subList(i, Math.min(i + 100, named.size())));
      person.list("/users?ids=" + ids).forEach(user -> now.put(id(user), user));
    }
    assertThat(now.keySet()).containsExactlyElementsOf(named);
    assertThat(people())
        .allSatisfy(
            (id, known) -> {
              if (now.containsKey(id)) {
                assertThat(known.properties()).isSubsetOf(now.get(id).properties());
              }
            });
  }

  /** Checks that it knows the receipts of a group as their route tells them. */
  void receiptsMustBeUpToDate(String group) {
    assertThat(known("RECEIPT").get(group)).isEqualTo(receipts(group).orElse(null));
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
