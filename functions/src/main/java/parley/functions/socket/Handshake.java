package parley.functions.socket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request that opens a WebSocket, and where a client's token is in it: an {@code Authorization:
 * Bearer} header or, for browsers, which cannot set that, the second subprotocol after {@code
 * bearer}, or the query's {@code token}.
 */
public final class Handshake {
  private static final String SCHEME = "bearer";

  private final Map<String, String> headers;
  private final Map<String, String> query;

  /**
   * @param headers by names in any case, null for none
   * @param query the parameters, decoded, null for none
   */
  public Handshake(@Nullable Map<String, String> headers, @Nullable Map<String, String> query) {
    this.headers = headers == null ? Map.of() : headers;
    this.query = query == null ? Map.of() : query;
  }

  /** What the client asks for. */
  public Admission admission() {
    return Admission.of(this);
  }

  /** The token, if there is one. */
  public Optional<String> token() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1))
        .map(value -> value.substring(SCHEME.length() + 1).strip())
        .or(this::tokenAmongProtocols)
        .or(() -> query("token").filter(token -> !token.isEmpty()));
  }

  /** The subprotocol to accept (RFC 6455, 4.2.2), if the client came with the token in one. */
  Optional<String> acceptedProtocol() {
    return tokenAmongProtocols().map(token -> SCHEME);
  }

  private Optional<String> tokenAmongProtocols() {
    List<String> protocols =
        header("sec-websocket-protocol").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(String::strip)
            .toList();
    return protocols.size() == 2 && protocols.getFirst().equals(SCHEME)
        ? Optional.of(protocols.getLast())
        : Optional.empty();
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
