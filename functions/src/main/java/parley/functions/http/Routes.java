package parley.functions.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.auth.AuthService;
import parley.auth.Registration;
import parley.auth.TokenService;
import parley.block.BlockService;
import parley.conversation.ConversationId;
import parley.conversation.ConversationService;
import parley.friend.FriendAction;
import parley.friend.FriendRequestId;
import parley.friend.FriendService;
import parley.message.Draft;
import parley.message.MessageId;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.presence.PresenceService;
import parley.profile.ProfileChange;
import parley.profile.ProfileService;
import parley.profile.SettingsChange;
import parley.platform.log.Invocation;
import parley.sync.SyncService;
import parley.user.UserId;
import parley.user.UserService;

/**
 * The HTTP contract, a line a route: how a request is read, which service answers and with which
 * status.
 */
public final class Routes {
  private final AuthService auth;
  private final TokenService tokens;
  private final ProfileService profiles;
  private final UserService users;
  private final FriendService friends;
  private final PresenceService presence;
  private final BlockService blocks;
  private final ConversationService conversations;
  private final MessageService messages;
  private final SyncService sync;
  private final InboxRoutes inbox;
  private final MessageRoutes messageRoutes;
  private final ReceiptRoutes receipts;
  private final MarkRoutes marks;
  private final GroupRoutes groups;
  private final Health health;

  public Routes(
      AuthService auth,
      TokenService tokens,
      ProfileService profiles,
      UserService users,
      FriendService friends,
      PresenceService presence,
      BlockService blocks,
      ConversationService conversations,
      MessageService messages,
      SyncService sync,
      InboxRoutes inbox,
      MessageRoutes messageRoutes,
      ReceiptRoutes receipts,
      MarkRoutes marks,
      GroupRoutes groups,
      Health health) {
    this.auth = auth;
    this.tokens = tokens;
    this.profiles = profiles;
    this.users = users;
    this.friends = friends;
    this.presence = presence;
    this.blocks = blocks;
    this.conversations = conversations;
    this.messages = messages;
    this.sync = sync;
    this.inbox = inbox;
    this.messageRoutes = messageRoutes;
    this.receipts = receipts;
    this.marks = marks;
    this.groups = groups;
    this.health = health;
  }

  List<Route> all() {
    return Stream.of(
            core(),
            inbox.all(this::bearer),
            messageRoutes.all(this::bearer),
            receipts.all(this::bearer),
            marks.all(this::bearer),
            groups.all(this::bearer))
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> core() {
    return List.of(
        Route.of("GET /health", request -> HttpResponse.ok(health.check())),
        Route.of("POST /auth/register", this::register),
        Route.of("POST /auth/login", this::login),
        Route.of("POST /auth/refresh", this::refresh),
        bearer("GET /users/me", (me, request) -> HttpResponse.ok(profiles.me(me))),
        bearer(
            "PATCH /users/me",
            (me, request) ->
                HttpResponse.ok(profiles.update(me, ProfileChange.read(request.json())))),
        bearer("GET /users/me/settings", (me, request) -> HttpResponse.ok(profiles.settings(me))),
        bearer(
            "PATCH /users/me/settings",
            (me, request) ->
                HttpResponse.ok(profiles.update(me, SettingsChange.read(request.json())))),
        bearer(
            "GET /users/search",
            (me, request) -> HttpResponse.ok(users.search(me, request.queryValue("q")))),
        bearer(
            "POST /friends/request/{userId}",
            (me, request) ->
                HttpResponse.created(friends.request(me, new UserId(request.pathId("userId"))))),
        bearer("GET /friends/requests", (me, request) -> HttpResponse.ok(friends.incoming(me))),
        bearer("GET /friends/requests/me", (me, request) -> HttpResponse.ok(friends.outgoing(me))),
        bearer("POST /friends/respond/{requestId}", this::respond),
        bearer("DELETE /friends/requests/{requestId}", this::withdraw),
        bearer("GET /friends", (me, request) -> HttpResponse.ok(friends.friends(me))),
        bearer("GET /friends/presence", (me, request) -> HttpResponse.ok(presence.friends(me))),
        bearer("DELETE /friends/{userId}", this::removeFriend),
        bearer("GET /blocks", (me, request) -> HttpResponse.ok(blocks.list(me))),
        bearer(
            "PUT /blocks/{userId}",
            (me, request) ->
                HttpResponse.ok(blocks.block(me, new UserId(request.pathId("userId"))))),
        bearer("DELETE /blocks/{userId}", this::unblock),
        bearer("POST /conversations", this::openConversation),
        bearer("GET /conversations", (me, request) -> HttpResponse.ok(conversations.list(me))),
        bearer(
            "POST /messages",
            (me, request) -> HttpResponse.created(messages.send(me, Draft.read(request.json())))),
        bearer("GET /messages", this::history),
        bearer(
            "GET /sync",
            (me, request) ->
                HttpResponse.ok(
                    sync.sync(
                        me,
                        request.queryValue("cursor"),
                        request.limit(SyncService.DEFAULT_PAGE)))));
  }

  private HttpResponse register(HttpRequest request) {
    JsonObject body = request.json().only("email", "password", "name");
    return HttpResponse.created(
        auth.register(
            new Registration(body.string("email"), body.string("password"), body.string("name"))));
  }

  private HttpResponse login(HttpRequest request) {
    JsonObject body = request.json().only("email", "password");
    return HttpResponse.created(auth.login(body.string("email"), body.string("password")));
  }

  private HttpResponse refresh(HttpRequest request) {
    return HttpResponse.created(
        auth.refresh(request.json().only("refreshToken").string("refreshToken")));
  }

  private HttpResponse respond(UserId me, HttpRequest request) {
    FriendAction action = request.json().only("action").constant("action", FriendAction.class);
    FriendRequestId id = new FriendRequestId(request.pathId("requestId"));
    return HttpResponse.created(friends.respond(me, id, action));
  }

  private HttpResponse withdraw(UserId me, HttpRequest request) {
    friends.withdraw(me, new FriendRequestId(request.pathId("requestId")));
    return HttpResponse.noContent();
  }

  private HttpResponse removeFriend(UserId me, HttpRequest request) {
    friends.remove(me, new UserId(request.pathId("userId")));
    return HttpResponse.noContent();
  }

  private HttpResponse unblock(UserId me, HttpRequest request) {
    blocks.unblock(me, new UserId(request.pathId("userId")));
    return HttpResponse.noContent();
  }

  private HttpResponse openConversation(UserId me, HttpRequest request) {
    UserId other = new UserId(Ids.parse("userId", request.json().only("userId").string("userId")));
    return HttpResponse.created(conversations.open(me, other));
  }

  private HttpResponse history(UserId me, HttpRequest request) {
    String conversation =
        request
            .queryValue("conversationId")
            .orElseThrow(() -> ChatException.invalid("conversationId is required"));
    Optional<MessageId> cursor =
        request.queryValue("cursor").map(text -> new MessageId(Ids.parse("cursor", text)));
    return HttpResponse.ok(
        messages.history(
            me,
            new ConversationId(Ids.parse("conversationId", conversation)),
            cursor,
            request.limit(MessageService.DEFAULT_PAGE)));
  }

  /** A route that takes an access token. */
  private Route bearer(String line, BearerAction action) {
    return Route.of(
        line,
        request -> {
          String token =
              request
                  .bearerToken()
                  .orElseThrow(
                      () ->
                          new ChatException(
                              ErrorCode.UNAUTHENTICATED, "a bearer access token is required"));
          UserId me = tokens.verifyAccess(token).userId();
          Invocation.current().user(me.value());
          return action.answer(me, request);
        });
  }

  /** Makes routes that take an access token. */
  interface Bearer {
    Route route(String line, BearerAction action);
  }

  /** Answers a request of somebody. */
  interface BearerAction {
    HttpResponse answer(UserId me, HttpRequest request);
  }
}
