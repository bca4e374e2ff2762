package parley.functions.socket;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a client's token is in the request that opens a WebSocket: an {@code Authorization: Bearer}
 * header or, for browsers, which cannot set that, the second subprotocol after {@code bearer}.
 */
public final class Handshake {
  private static final String SCHEME = "bearer";

  private final Map<String, String> headers;

  /**
   * @param headers by names in any case, null for none
   */
  public Handshake(@Nullable Map<String, String> headers) {
    this.headers = headers == null ? Map.of() : headers;
  }

  /** The token, if there is one. */
  public Optional<String> token() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME + " ", 0, SCHEME.length() + 1))
        .map(value -> value.substring(SCHEME.length() + 1).strip())
        .or(this::tokenAmongProtocols);
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

  private Optional<String> header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
