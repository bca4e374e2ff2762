package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.pin.PinService;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.reaction.Emojis;
import parley.reaction.ReactionService;
import parley.search.Search;
import parley.search.SearchService;
import parley.star.StarService;
import parley.user.UserId;

/** Reactions, pins, stars, and searching. */
public final class MarkRoutes extends Routes {
  private static final String PATH = "/messages/{messageId}";

  private final ReactionService reactions;
  private final PinService pins;
  private final StarService stars;
  private final SearchService search;

  public MarkRoutes(
      ReactionService reactions, PinService pins, StarService stars, SearchService search) {
    this.reactions = reactions;
    this.pins = pins;
    this.stars = stars;
    this.search = search;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "PUT " + PATH + "/reactions",
            (me, request) ->
                HttpResponse.ok(
                    reactions.react(
                        me, message(request), Emojis.read(request.json().only("emojis"))))),
        bearer.route(
            "PUT " + PATH + "/pin",
            (me, request) -> HttpResponse.ok(pins.pin(me, message(request)))),
        bearer.route("DELETE " + PATH + "/pin", this::unpin),
        bearer.route(
            "GET /conversations/{conversationId}/pins",
            (me, request) ->
                HttpResponse.page(
                    pins.list(
                        me, new ConversationId(request.pathId("conversationId")), request.page()))),
        bearer.route(
            "PUT " + PATH + "/star",
            (me, request) -> HttpResponse.ok(stars.star(me, message(request)))),
        bearer.route("DELETE " + PATH + "/star", this::unstar),
        bearer.route(
            "GET /messages/starred",
            (me, request) -> HttpResponse.page(stars.list(me, request.page()))),
        bearer.route(
            "GET /messages/search",
            (me, request) -> HttpResponse.page(search.find(me, search(request), request.page()))));
  }

  private HttpResponse unpin(UserId me, HttpRequest request) {
    pins.unpin(me, message(request));
    return HttpResponse.noContent();
  }

  private HttpResponse unstar(UserId me, HttpRequest request) {
    stars.unstar(me, message(request));
    return HttpResponse.noContent();
  }

  private static Search search(HttpRequest request) {
    return new Search(
        request.queryValue("q").orElseThrow(() -> ChatException.invalid("q is required")),
        request
            .queryValue("conversationId")
            .map(text -> new ConversationId(Ids.parse("conversationId", text))));
  }

  private static MessageId message(HttpRequest request) {
    return new MessageId(request.pathId("messageId"));
  }
}
