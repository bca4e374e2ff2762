package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
import parley.message.Draft;
import parley.message.Edit;
import parley.message.EditService;
import parley.message.Forward;
import parley.message.ForwardService;
import parley.message.MessageId;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.user.UserId;

/** Messages: sending, reading, editing, deleting and forwarding them. */
public final class MessageRoutes extends Routes {
  private static final String PATH = "/messages/{messageId}";

  private final MessageService messages;
  private final EditService edits;
  private final ForwardService forwards;

  public MessageRoutes(MessageService messages, EditService edits, ForwardService forwards) {
    this.messages = messages;
    this.edits = edits;
    this.forwards = forwards;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "POST /messages",
            (me, request) -> HttpResponse.created(messages.send(me, Draft.read(request.json())))),
        bearer.route("GET /messages", this::history),
        bearer.route(
            "PATCH " + PATH,
            (me, request) ->
                HttpResponse.ok(
                    edits.edit(
                        me,
                        message(request),
                        Edit.read(request.json().only("content", "mentions"))))),
        bearer.route("DELETE " + PATH, this::delete),
        bearer.route(
            "POST " + PATH + "/forward",
            (me, request) ->
                HttpResponse.created(
                    forwards.forward(
                        me,
                        message(request),
                        Forward.read(request.json().only("conversationIds", "clientId"))))));
  }

  private HttpResponse history(UserId me, HttpRequest request) {
    String conversation =
        request
            .queryValue("conversationId")
            .orElseThrow(() -> ChatException.invalid("conversationId is required"));
    return HttpResponse.page(
        messages.history(
            me, new ConversationId(Ids.parse("conversationId", conversation)), request.page()));
  }

  private HttpResponse delete(UserId me, HttpRequest request) {
    return switch (request.queryValue("for").orElse("everyone")) {
      case "everyone" -> HttpResponse.ok(edits.delete(me, message(request)));
      case "me" -> HttpResponse.ok(edits.hide(me, message(request)));
      default -> throw ChatException.invalid("for must be everyone or me");
    };
  }

  private static MessageId message(HttpRequest request) {
    return new MessageId(request.pathId("messageId"));
  }
}
