package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
import parley.conversation.ConversationService;
import parley.inbox.InboxService;
import parley.inbox.SettingsChange;
import parley.message.DisappearingService;
import parley.platform.Ids;
import parley.user.UserId;

/** Conversations of either kind. */
public final class ConversationRoutes extends Routes {
  private static final String PATH = "/conversations/{conversationId}";

  private final ConversationService conversations;
  private final InboxService inbox;
  private final DisappearingService disappearing;

  public ConversationRoutes(
      ConversationService conversations, InboxService inbox, DisappearingService disappearing) {
    this.conversations = conversations;
    this.inbox = inbox;
    this.disappearing = disappearing;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route("POST /conversations", this::open),
        bearer.route(
            "GET /conversations",
            (me, request) -> HttpResponse.page(conversations.list(me, request.page()))),
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

  private HttpResponse open(UserId me, HttpRequest request) {
    UserId other = new UserId(Ids.parse("userId", request.json().only("userId").string("userId")));
    return HttpResponse.created(conversations.open(me, other));
  }

  private static ConversationId conversation(HttpRequest request) {
    return new ConversationId(request.pathId("conversationId"));
  }
}
