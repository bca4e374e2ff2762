package parley.auth;

/**
 * What a login gives.
 *
 * @param accessToken proves who its user is, for {@link TokenService#ACCESS_LIFETIME}
 * @param refreshToken gives the next pair, once, within {@link TokenService#REFRESH_LIFETIME}
 */
public record Tokens(String accessToken, String refreshToken) {
  @Override
  public String toString() {
    return "Tokens[hidden]";
  }
}
