package parley.functions.http;

import java.util.List;
import parley.functions.http.Routes.Bearer;
import parley.message.EditService;
import parley.message.Forward;
import parley.message.ForwardService;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.user.UserId;

/** The HTTP contract of one message, a line a route. */
public final class MessageRoutes {
  private static final String PATH = "/messages/{messageId}";

  private final EditService edits;
  private final ForwardService forwards;

  public MessageRoutes(EditService edits, ForwardService forwards) {
    this.edits = edits;
    this.forwards = forwards;
  }

  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "PATCH " + PATH,
            (me, request) ->
                HttpResponse.ok(
                    edits.edit(
                        me, message(request), request.json().only("content").string("content")))),
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
