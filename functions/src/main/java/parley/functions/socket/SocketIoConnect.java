package parley.functions.socket;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.platform.ChatException;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/**
 * Socket.IO's CONNECT packet, {@code 40} with what the app set as {@code auth}: {@code
 * 40{"token":"..."}}. Other fields than {@code token} are the app's own business.
 *
 * @param token the access token; none if the connection was authorized when it opened
 */
public record SocketIoConnect(Optional<String> token) {
  /** An app that is used to an HTTP header may write its scheme here too. */
  private static final Pattern SCHEME = Pattern.compile("(?i:bearer) +(.+)");

  /**
   * Reads what follows {@code 40}.
   *
   * @throws ChatException MALFORMED_JSON or VALIDATION_FAILED
   */
  static SocketIoConnect read(String payload) {
    if (payload.isEmpty()) {
      return new SocketIoConnect(Optional.empty());
    }
    JsonObject auth = Json.readObject(payload);
    return new SocketIoConnect(auth.optionalString("token").map(SocketIoConnect::bare));
  }

  private static String bare(String token) {
    Matcher matcher = SCHEME.matcher(token);
    return matcher.matches() ? matcher.group(1).strip() : token;
  }

  /** Tells nothing of the token, for logs. */
  @Override
  public String toString() {
    return "SocketIoConnect[" + (token.isPresent() ? "with" : "without") + " token]";
  }
}
