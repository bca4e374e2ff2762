package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.checker.Change;
import parley.checker.Entry;
import parley.checker.Link;
import parley.checker.Message;

/** Messages as they are on the wire. */
final class Wire {
  private Wire() {}

  static Message message(JsonNode message) {
    JsonNode replyTo = message.path("replyTo");
    return new Message(
        message.path("id").asText(),
        message.path("conversationId").asText(),
        message.path("senderId").asText(),
        message.path("clientId").asText(),
        message.path("content").asText(),
        message.path("seq").asLong(),
        message.has("change")
            ? Optional.of(
                change(
                    message.path("senderId").asText(),
                    message.path("conversationId").asText(),
                    message.path("change")))
            : Optional.empty(),
        message.path(message.has("deletedAt") ? "deletedAt" : "editedAt").asText(),
        message.has("deletedAt"),
        // An id and nothing else: whatever else there is of the answered message is kept to be
        // seen.
        replyTo.isTextual() ? replyTo.asText() : replyTo.toString(),
        message.path("forwarded").asBoolean());
  }

  /** What a system message tells of. */
  static Change.OfGroup change(String by, String group, JsonNode change) {
    List<String> users = change.path("userIds").valueStream().map(JsonNode::asText).toList();
    String type = change.path("type").asText();
    return switch (type) {
      case "GROUP_CREATED" -> new Change.Create(by, group, Set.copyOf(users));
      case "MEMBERS_ADDED" -> new Change.Add(by, group, users.getFirst());
      case "MEMBER_REMOVED" -> new Change.Remove(by, group, users.getFirst());
      case "MEMBER_LEFT" -> new Change.Remove(by, group, by);
      case "MEMBER_JOINED" -> new Change.Join(by, group);
      case "ROLE_CHANGED" ->
          new Change.Assign(by, group, users.getFirst(), change.path("role").asText());
      case "DISAPPEARING_CHANGED" -> new Change.Time(by, group, change.path("seconds").asLong());
      case "DETAILS_CHANGED" -> new Change.ShowPast(by, group, change.path("history").asText());
      default -> throw new IllegalArgumentException("nobody makes such a change here: " + type);
    };
  }

  /** What an event tells of how far somebody is; nothing for other events. */
  static Optional<Entry> receipt(Link link, Dialect.Frame.Event event) {
    return switch (event.name()) {
      case "message:delivered", "message:read" ->
          Optional.of(
              new Entry.ReceiptTold(
                  link,
                  event.data().path("conversationId").asText(),
                  event.data().path("userId").asText(),
                  event.name().equals("message:read"),
                  event.data().path("seq").asLong()));
      default -> Optional.empty();
    };
  }

  /** What the receipts of a conversation tell, as they are read or come by catching up. */
  static Stream<Entry> receipts(String reading, String viewer, JsonNode receipts) {
    return receipts
        .path("receipts")
        .valueStream()
        .map(
            receipt ->
                shown(
                    reading,
                    viewer,
                    receipts.path("conversationId").asText(),
                    receipt.path("userId").asText(),
                    receipt));
  }

  /** What a conversation between two tells of how far the other one is. */
  static Stream<Entry> otherReceipt(String reading, String viewer, JsonNode conversation) {
    JsonNode receipt = conversation.path("otherReceipt");
    return receipt.isObject()
        ? Stream.of(
            shown(
                reading,
                viewer,
                conversation.path("id").asText(),
                conversation.at("/otherUser/id").asText(),
                receipt))
        : Stream.empty();
  }

  private static Entry shown(
      String reading, String viewer, String conversation, String user, JsonNode receipt) {
    return new Entry.ReceiptShown(
        reading,
        viewer,
        conversation,
        user,
        receipt.path("deliveredSeq").asLong(),
        receipt.path("readSeq").asLong());
  }

  /** A block, or its end, as who blocks is told of it; nothing for other events. */
  static Optional<Change> block(String user, Dialect.Frame.Event event) {
    return switch (event.name()) {
      case "user:blocked" ->
          Optional.of(new Change.Block(user, event.data().at("/user/id").asText()));
      case "user:unblocked" ->
          Optional.of(new Change.Unblock(user, event.data().path("userId").asText()));
      default -> Optional.empty();
    };
  }
}
