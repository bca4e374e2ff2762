package parley.functions.http;

import parley.auth.TokenService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;
import parley.user.UserId;

/** Makes routes that take an access token (RFC 6750, section 2.1). */
final class Bearer {
  private final TokenService tokens;

  Bearer(TokenService tokens) {
    this.tokens = tokens;
  }

  /** Answers a request of somebody. */
  interface Action {
    HttpResponse answer(UserId me, HttpRequest request);
  }

  /**
   * @param line as {@link Route#of} takes it
   */
  Route route(String line, Action action) {
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
}
