package parley.functions.http;

import java.util.List;
import parley.block.BlockService;
import parley.friend.FriendAction;
import parley.friend.FriendRequestId;
import parley.friend.FriendService;
import parley.presence.PresenceService;
import parley.user.UserId;

/** Friendships and requests for them, the friends' presence, and blocks. */
public final class FriendRoutes extends Routes {
  private final FriendService friends;
  private final PresenceService presence;
  private final BlockService blocks;

  public FriendRoutes(FriendService friends, PresenceService presence, BlockService blocks) {
    this.friends = friends;
    this.presence = presence;
    this.blocks = blocks;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "POST /friends/request/{userId}",
            (me, request) -> HttpResponse.created(friends.request(me, other(request)))),
        bearer.route(
            "GET /friends/requests",
            (me, request) -> HttpResponse.page(friends.incoming(me, request.page()))),
        bearer.route(
            "GET /friends/requests/me",
            (me, request) -> HttpResponse.page(friends.outgoing(me, request.page()))),
        bearer.route("POST /friends/respond/{requestId}", this::respond),
        bearer.route("DELETE /friends/requests/{requestId}", this::withdraw),
        bearer.route(
            "GET /friends",
            (me, request) -> HttpResponse.page(friends.friends(me, request.page()))),
        bearer.route(
            "GET /friends/presence",
            (me, request) -> HttpResponse.page(presence.friends(me, request.page()))),
        bearer.route("DELETE /friends/{userId}", this::remove),
        bearer.route(
            "GET /blocks", (me, request) -> HttpResponse.page(blocks.list(me, request.page()))),
        bearer.route(
            "PUT /blocks/{userId}",
            (me, request) -> HttpResponse.ok(blocks.block(me, other(request)))),
        bearer.route("DELETE /blocks/{userId}", this::unblock));
  }

  private HttpResponse respond(UserId me, HttpRequest request) {
    FriendAction action = request.json().only("action").constant("action", FriendAction.class);
    return HttpResponse.created(friends.respond(me, friendRequest(request), action));
  }

  private HttpResponse withdraw(UserId me, HttpRequest request) {
    friends.withdraw(me, friendRequest(request));
    return HttpResponse.noContent();
  }

  private HttpResponse remove(UserId me, HttpRequest request) {
    friends.remove(me, other(request));
    return HttpResponse.noContent();
  }

  private HttpResponse unblock(UserId me, HttpRequest request) {
    blocks.unblock(me, other(request));
    return HttpResponse.noContent();
  }

  private static UserId other(HttpRequest request) {
    return new UserId(request.pathId("userId"));
  }

  private static FriendRequestId friendRequest(HttpRequest request) {
    return new FriendRequestId(request.pathId("requestId"));
  }
}
