package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
import parley.conversation.ConversationService;
import parley.functions.http.Routes.Bearer;
import parley.inbox.InboxService;
import parley.inbox.SettingsChange;
import parley.message.DisappearingService;

/** The HTTP contract of one conversation of either kind, a line a route. */
public final class InboxRoutes {
  private static final String PATH = "/conversations/{conversationId}";

  private final ConversationService conversations;
  private final InboxService inbox;
  private final DisappearingService disappearing;

  public InboxRoutes(
      ConversationService conversations, InboxService inbox, DisappearingService disappearing) {
    this.conversations = conversations;
    this.inbox = inbox;
    this.disappearing = disappearing;
  }

  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "GET " + PATH,
            (me, request) -> HttpResponse.ok(conversations.get(me, conversation(request)))),
        bearer.route(
            "PATCH " + PATH,
            (me, request) ->
                HttpResponse.ok(
                    inbox.change(me, conversation(request), SettingsChange.read(request.json())))),
        bearer.route(
            "DELETE " + PATH + "/messages",
            (me, request) -> HttpResponse.ok(inbox.clear(me, conversation(request)))),
        bearer.route(
            "PUT " + PATH + "/disappearing",
            (me, request) ->
                HttpResponse.ok(
                    disappearing.set(
                        me,
                        conversation(request),
                        request.json().only("seconds").nullableInteger("seconds")))));
  }

  private static ConversationId conversation(HttpRequest request) {
    return new ConversationId(request.pathId("conversationId"));
  }
}
