package parley.auth;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.io.Serializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/**
 * Signs and verifies tokens: JWTs by HS256 and nothing else. Issuer, audience, type and expiry are
 * checked, so that a refresh token is no access token and neither is another system's token.
 */
public final class TokenService {
  /** How long an access token is good, and so a connection that was opened with it. */
  public static final Duration ACCESS_LIFETIME = Duration.ofHours(1);

  /** How long a session lives without being used. */
  public static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

  private static final String ISSUER = "parley";
  private static final String AUDIENCE = "parley";
  private static final String TYPE = "type";
  private static final String SESSION = "sid";

  /** 9999-12-31T23:59:59Z in seconds; later times overflow when they become milliseconds. */
  private static final long LATEST_TIME = 253_402_300_799L;

  private static final Serializer<Map<String, ?>> SERIALIZER =
      new AbstractSerializer<>() {
        @Override
        protected void doSerialize(Map<String, ?> claims, OutputStream out) throws IOException {
          out.write(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        }
      };
  private static final Deserializer<Map<String, ?>> DESERIALIZER =
      new AbstractDeserializer<>() {
        @Override
        protected Map<String, ?> doDeserialize(Reader reader) throws IOException {
          return wellFormed(Json.readObject(reader.readAllAsString())).fields();
        }
      };

  private final SigningKey key;
  private final Clock clock;

  public TokenService(SigningKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Verifies an access token.
   *
   * @throws ChatException UNAUTHENTICATED, or TOKEN_EXPIRED if that is all that is wrong
   */
  public Identity verifyAccess(String token) {
    return verify(token, Type.ACCESS, claims -> new Identity(userId(claims), expiry(claims)));
  }

  /** Verifies a refresh token: the session that it claims, which the database has to confirm. */
  Session verifyRefresh(String token) {
    return verify(
        token,
        Type.REFRESH,
        claims ->
            new Session(
                id(claims.get(SESSION, String.class)),
                userId(claims),
                id(claims.getId()),
                expiry(claims)));
  }

  /**
   * The tokens of a session. For the same session and time they are the same, to the byte, as long
   * as the signing key is.
   *
   * @param at when they were or are issued
   */
  Tokens issue(Session session, Instant at) {
    return new Tokens(
        issueAccess(session.userId(), at),
        builder(session.userId(), Type.REFRESH, at, session.expiresAt())
            .id(session.refreshTokenId().toString())
            .claim(SESSION, session.id().toString())
            .compact());
  }

  /** An access token, for whoever is known to be this user. */
  public String issueAccess(UserId user) {
    return issueAccess(user, clock.instant());
  }

  private String issueAccess(UserId user, Instant at) {
    return builder(user, Type.ACCESS, at, at.plus(ACCESS_LIFETIME)).compact();
  }

  private JwtBuilder builder(UserId user, Type type, Instant at, Instant expiry) {
    return Jwts.builder()
        .json(SERIALIZER)
        .issuer(ISSUER)
        .audience()
        .add(AUDIENCE)
        .and()
        .subject(user.value().toString())
        .claim(TYPE, type.claim)
        .issuedAt(Date.from(at))
        .expiration(Date.from(expiry))
        .signWith(key.get(), Jwts.SIG.HS256);
  }

  /**
   * Checks what the library takes too generously in a header or in claims. No extension is
   * understood, so a token that asks for one in {@code crit} is refused, also if the list is empty
   * (RFC 7515, 4.1.11). Times are integers: of a string or a fraction the library makes a time of
   * its own choice.
   */
  private static JsonObject wellFormed(JsonObject part) {
    if (part.has("crit")) {
      throw new IllegalArgumentException("crit");
    }
    for (String time : List.of("exp", "nbf", "iat")) {
      if (part.has(time) && (part.integer(time) < 0 || part.integer(time) > LATEST_TIME)) {
        throw new IllegalArgumentException(time);
      }
    }
    return part;
  }

  private <T> T verify(String token, Type type, Function<Claims, T> reader) {
    try {
      return reader.apply(parser(type).parseSignedClaims(token).getPayload());
    } catch (ExpiredJwtException e) {
      throw isOurs(e.getClaims(), type)
          ? refused(ErrorCode.TOKEN_EXPIRED, "the token has expired", e)
          : refused(ErrorCode.UNAUTHENTICATED, "the token is not valid", e);
    } catch (JwtException | IllegalArgumentException | ChatException e) {
      throw refused(ErrorCode.UNAUTHENTICATED, "the token is not valid", e);
    }
  }

  /** Of a token that expired nothing but the signature and the expiry is checked by the parser. */
  private static boolean isOurs(Claims claims, Type type) {
    Set<String> audience = claims.getAudience();
    return ISSUER.equals(claims.getIssuer())
        && audience != null
        && audience.contains(AUDIENCE)
        && type.claim.equals(claims.get(TYPE));
  }

  private JwtParser parser(Type type) {
    return Jwts.parser()
        .json(DESERIALIZER)
        .sig()
        .clear()
        .add(Jwts.SIG.HS256)
        .and()
        .clock(() -> Date.from(clock.instant()))
        .verifyWith(key.get())
        .requireIssuer(ISSUER)
        .requireAudience(AUDIENCE)
        .require(TYPE, type.claim)
        .build();
  }

  private static UserId userId(Claims claims) {
    return new UserId(id(claims.getSubject()));
  }

  private static UUID id(@Nullable String claim) {
    return Ids.parse("the claim", claim == null ? "" : claim);
  }

  private static Instant expiry(Claims claims) {
    Date expiry = claims.getExpiration();
    if (expiry == null) {
      throw new IllegalArgumentException("a token that never expires is none of ours");
    }
    return expiry.toInstant();
  }

  private static ChatException refused(ErrorCode code, String message, @Nullable Throwable cause) {
    return new ChatException(code, message, cause);
  }

  private enum Type {
    ACCESS("access"),
    REFRESH("refresh");

    private final String claim;

    Type(String claim) {
      this.claim = claim;
    }
  }
}
