package parley.functions.http;

import java.util.List;
import parley.auth.AuthService;
import parley.auth.Registration;
import parley.platform.json.JsonObject;
import parley.profile.ProfileChange;
import parley.profile.ProfileService;
import parley.profile.SettingsChange;
import parley.user.UserId;
import parley.user.UserService;

/** Registering and logging in, one's own profile and settings, and other users. */
public final class AccountRoutes extends Routes {
  private final AuthService auth;
  private final ProfileService profiles;
  private final UserService users;

  public AccountRoutes(AuthService auth, ProfileService profiles, UserService users) {
    this.auth = auth;
    this.profiles = profiles;
    this.users = users;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        Route.of("POST /auth/register", this::register),
        Route.of("POST /auth/login", this::login),
        Route.of("POST /auth/refresh", this::refresh),
        bearer.route("GET /users/me", (me, request) -> HttpResponse.ok(profiles.me(me))),
        bearer.route(
            "PATCH /users/me",
            (me, request) ->
                HttpResponse.ok(profiles.update(me, ProfileChange.read(request.json())))),
        bearer.route(
            "GET /users/me/settings", (me, request) -> HttpResponse.ok(profiles.settings(me))),
        bearer.route(
            "PATCH /users/me/settings",
            (me, request) ->
                HttpResponse.ok(profiles.update(me, SettingsChange.read(request.json())))),
        bearer.route(
            "GET /users",
            (me, request) ->
                HttpResponse.ok(users.find(me, request.ids("ids").map(UserId::new).toList()))),
        bearer.route(
            "GET /users/search",
            (me, request) ->
                HttpResponse.page(users.search(me, request.queryValue("q"), request.page()))));
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
}
