package parley.receipt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.json.JsonObject;

/**
 * How far a client says that its user is in a conversation.
 *
 * @param deliveredSeq up to which message all have been received; what is read is received too
 * @param readSeq up to which all have been read
 * @param all whether everything that there is has been read
 */
public record Progress(
    ConversationId conversationId,
    Optional<Long> deliveredSeq,
    Optional<Long> readSeq,
    boolean all) {
  /** In so many conversations a client can say at once how far it is. */
  public static final int MAX_AT_ONCE = 100;

  /**
   * @throws ChatException VALIDATION_FAILED if nothing is said, or a seq is negative
   */
  public Progress {
    if (deliveredSeq.isEmpty() && readSeq.isEmpty() && !all) {
      throw ChatException.invalid("deliveredSeq or readSeq is required");
    }
    requireSeq("deliveredSeq", deliveredSeq);
    requireSeq("readSeq", readSeq);
  }

  public static Progress delivered(ConversationId conversation, long seq) {
    return new Progress(conversation, Optional.of(seq), Optional.empty(), false);
  }

  public static Progress read(ConversationId conversation, long seq) {
    return new Progress(conversation, Optional.empty(), Optional.of(seq), false);
  }

  public static Progress readAll(ConversationId conversation) {
    return new Progress(conversation, Optional.empty(), Optional.empty(), true);
  }

  /** Reads what a client sent of one conversation. */
  public static Progress read(ConversationId conversation, JsonObject json) {
    json.only("deliveredSeq", "readSeq");
    return of(conversation, json);
  }

  /**
   * Reads what a client sent of several conversations, each named once.
   *
   * @throws ChatException VALIDATION_FAILED unless they are 1 to {@value #MAX_AT_ONCE}
   */
  public static List<Progress> readSeveral(JsonObject json) {
    List<JsonObject> items = json.only("receipts").objects("receipts");
    if (items.isEmpty() || items.size() > MAX_AT_ONCE) {
      throw ChatException.invalid("receipts must be 1 to " + MAX_AT_ONCE);
    }
    List<Progress> all = new ArrayList<>();
    Set<ConversationId> named = new HashSet<>();
    for (JsonObject item : items) {
      item.only("conversationId", "deliveredSeq", "readSeq");
      ConversationId id =
          new ConversationId(Ids.parse("conversationId", item.string("conversationId")));
      if (!named.add(id)) {
        throw ChatException.invalid("a conversation is named twice");
      }
      all.add(of(id, item));
    }
    return all;
  }

  private static Progress of(ConversationId conversation, JsonObject json) {
    return new Progress(
        conversation, json.optionalInteger("deliveredSeq"), json.optionalInteger("readSeq"), false);
  }

  private static void requireSeq(String name, Optional<Long> seq) {
    if (seq.filter(value -> value < 0).isPresent()) {
      throw ChatException.invalid(name + " must not be negative");
    }
  }
}
