package parley.functions.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.auth.AuthService;
import parley.auth.Registration;
import parley.auth.TokenService;
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
import parley.platform.log.Invocation;
import parley.sync.SyncService;
import parley.user.ProfileChange;
import parley.user.UserId;
import parley.user.UserService;

/**
 * The HTTP contract, a line a route: how a request is read, which service answers and with which
 * status.
 */
public final class Routes {
  private final AuthService auth;
  private final TokenService tokens;
  private final UserService users;
  private final FriendService friends;
  private final ConversationService conversations;
  private final MessageService messages;
  private final SyncService sync;
  private final GroupRoutes groups;
  private final Health health;

  public Routes(
      AuthService auth,
      TokenService tokens,
      UserService users,
      FriendService friends,
      ConversationService conversations,
      MessageService messages,
      SyncService sync,
      GroupRoutes groups,
      Health health) {
    this.auth = auth;
    this.tokens = tokens;
    this.users = users;
    this.friends = friends;
    this.conversations = conversations;
    this.messages = messages;
    this.sync = sync;
    this.groups = groups;
    this.health = health;
  }

  List<Route> all() {
    return Stream.of(core(), groups.all(this::bearer)).flatMap(List::stream).toList();
  }

  private List<Route> core() {
    return List.of(
        Route.of("GET /health", request -> HttpResponse.ok(health.check())),
        Route.of("POST /auth/register", this::register),
        Route.of("POST /auth/login", this::login),
        Route.of("POST /auth/refresh", this::refresh),
        bearer("GET /users/me", (me, request) -> HttpResponse.ok(users.me(me))),
        bearer("PATCH /users/me", this::updateMe),
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
        bearer("GET /friends", (me, request) -> HttpResponse.ok(friends.friends(me))),
        bearer("POST /conversations", this::openConversation),
        bearer("GET /conversations", (me, request) -> HttpResponse.ok(conversations.list(me))),
        bearer(
            "GET /conversations/{conversationId}",
            (me, request) ->
                HttpResponse.ok(
                    conversations.get(me, new ConversationId(request.pathId("conversationId"))))),
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

  private HttpResponse updateMe(UserId me, HttpRequest request) {
    JsonObject body = request.json().only("name", "aboutMe");
    ProfileChange change =
        new ProfileChange(
            body.optionalString("name"),
            body.has("aboutMe"),
            body.optionalString("aboutMe").orElse(null));
    return HttpResponse.ok(users.update(me, change));
  }

  private HttpResponse respond(UserId me, HttpRequest request) {
    FriendAction action = FriendAction.parse(request.json().only("action").string("action"));
    FriendRequestId id = new FriendRequestId(request.pathId("requestId"));
    return HttpResponse.created(friends.respond(me, id, action));
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
