package parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.user.UserId;

/** Tokens are forged by hand here, so that no library's good manners stand between. */
class TokenServiceTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final UserId ADA =
      new UserId(UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d"));
  private static final Session SESSION =
      new Session(
          UUID.fromString("01934b5e-9d10-7b2e-8c4f-aabbccddeeff"),
          ADA,
          UUID.fromString("01934b60-10a4-7d11-8f5e-1a2b3c4d5e6f"),
          NOW.plus(TokenService.REFRESH_LIFETIME));
  private static final String HS256 = "{\"alg\":\"HS256\"}";

  private final TokenService tokens = at(NOW);

  @Test
  void anAccessTokenSpeaksForItsUserForAnHour() {
    String access = tokens.issue(SESSION, NOW).accessToken();
    assertThat(tokens.verifyAccess(access)).isEqualTo(new Identity(ADA, NOW.plusSeconds(3600)));
    assertThat(at(NOW.plusSeconds(3599)).verifyAccess(access).userId()).isEqualTo(ADA);
    assertRefused(ErrorCode.TOKEN_EXPIRED, access, at(NOW.plusSeconds(3601)));
  }

  @Test
  void aRefreshTokenClaimsItsSessionForThirtyDays() {
    String refresh = tokens.issue(SESSION, NOW).refreshToken();
    assertThat(tokens.verifyRefresh(refresh)).isEqualTo(SESSION);
    assertRefreshRefused(ErrorCode.TOKEN_EXPIRED, refresh, at(SESSION.expiresAt().plusSeconds(1)));
  }

  @Test
  void theTokensOfASessionAndATimeAreTheSameWheneverTheyAreIssued() {
    Tokens pair = tokens.issue(SESSION, NOW);
    assertThat(at(NOW.plusSeconds(20)).issue(SESSION, NOW)).isEqualTo(pair);
    assertThat(tokens.issue(SESSION, NOW.plusSeconds(20))).isNotEqualTo(pair);
  }

  @Test
  void aTokenMadeByHandIsAcceptedSoThatTheForgeriesBelowFailForTheirFault() {
    assertThat(tokens.verifyAccess(signed(HS256, claims()))).isNotNull();
    assertThat(tokens.verifyRefresh(signed(HS256, refreshClaims()))).isEqualTo(SESSION);
  }

  @Test
  void neitherKindStandsForTheOther() {
    Tokens pair = tokens.issue(SESSION, NOW);
    assertRefused(ErrorCode.UNAUTHENTICATED, pair.refreshToken(), tokens);
    assertRefreshRefused(ErrorCode.UNAUTHENTICATED, pair.accessToken(), tokens);
  }

  @Test
  void anExpiredTokenOfTheOtherKindIsNotMerelyExpired() {
    Tokens pair = tokens.issue(SESSION, NOW);
    TokenService later = at(SESSION.expiresAt().plusSeconds(1));
    assertRefused(ErrorCode.UNAUTHENTICATED, pair.refreshToken(), later);
    assertRefreshRefused(ErrorCode.UNAUTHENTICATED, pair.accessToken(), later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE"})
  void aTokenWithoutASignatureIsRefused(String algorithm) {
    String unsigned = part("{\"alg\":\"" + algorithm + "\"}") + "." + part(Json.write(claims()));
    assertRefused(ErrorCode.UNAUTHENTICATED, unsigned + ".", tokens);
    assertRefused(ErrorCode.UNAUTHENTICATED, unsigned, tokens);
    assertRefused(ErrorCode.UNAUTHENTICATED, unsigned + "." + part("x"), tokens);
  }

  @ParameterizedTest
  @CsvSource({"HS384,HmacSHA384", "HS512,HmacSHA512"})
  void anotherAlgorithmIsRefusedThoughItIsTheRightKey(String name, String algorithm)
      throws GeneralSecurityException {
    String content = part("{\"alg\":\"" + name + "\"}") + "." + part(Json.write(claims()));
    assertRefused(
        ErrorCode.UNAUTHENTICATED, content + "." + mac(algorithm, SECRET, content), tokens);
  }

  @Test
  void anRsaSignatureIsRefused() throws GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String content = part("{\"alg\":\"RS256\"}") + "." + part(Json.write(claims()));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    assertRefused(ErrorCode.UNAUTHENTICATED, content + "." + part(signature.sign()), tokens);
    // Nor is the right HMAC under that name.
    assertRefused(ErrorCode.UNAUTHENTICATED, signed("{\"alg\":\"RS256\"}", claims()), tokens);
  }

  @Test
  void aKeyThatTheTokenBringsWithItIsNotUsed() throws GeneralSecurityException {
    String attacker = "attacker".repeat(8);
    String key =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(attacker.getBytes(StandardCharsets.UTF_8));
    String header = "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + key + "\"}}";
    String content = part(header) + "." + part(Json.write(claims()));
    assertRefused(
        ErrorCode.UNAUTHENTICATED, content + "." + mac("HmacSHA256", attacker, content), tokens);
  }

  @Test
  void aTokenThatWasChangedIsRefused() {
    String token = signed(HS256, claims());
    Map<String, Object> other = claims();
    other.put("sub", UUID.randomUUID().toString());
    String[] parts = token.split("\\.", 3);
    assertRefused(
        ErrorCode.UNAUTHENTICATED,
        parts[0] + "." + part(Json.write(other)) + "." + parts[2],
        tokens);
    assertRefused(ErrorCode.UNAUTHENTICATED, parts[0] + "." + parts[1] + ".", tokens);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "missing",
      value = {
        "iss, somebody",
        "iss, missing",
        "aud, somebody",
        "aud, missing",
        "type, refresh",
        "type, missing",
        "sub, missing",
        "sub, ''",
        "sub, ada",
        "sub, 1-1-1-1-1",
        "exp, missing",
        "exp, soon",
      })
  void aClaimThatIsMissingOrWrongIsRefused(String claim, @Nullable String value) {
    assertRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, with(claims(), claim, value)), tokens);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "missing",
      value = {"sid, missing", "sid, x", "jti, missing", "jti, x", "sub, missing", "exp, missing"})
  void aClaimOfARefreshTokenThatIsMissingOrWrongIsRefused(String claim, @Nullable String value) {
    String token = signed(HS256, with(refreshClaims(), claim, value));
    assertRefreshRefused(ErrorCode.UNAUTHENTICATED, token, tokens);
  }

  @Test
  void aClaimOfTheWrongTypeIsRefused() {
    for (String claim : List.of("iss", "type", "sub", "sid", "jti")) {
      Map<String, Object> claims = refreshClaims();
      claims.put(claim, 7);
      assertRefreshRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, claims), tokens);
      claims.put(claim, List.of("x"));
      assertRefreshRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, claims), tokens);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'crit':[]",
        "'crit':null",
        "'crit':'exp'",
        "'crit':['exp']",
        "'crit':['b64'],'b64':false",
        "'alg':'HS256'"
      })
  void aHeaderThatAsksForAnExtensionOrRepeatsAFieldIsRefused(String field) {
    String header = "{'alg':'HS256'," + field + "}";
    assertRefused(ErrorCode.UNAUTHENTICATED, signed(header.replace('\'', '"'), claims()), tokens);
  }

  @Test
  void aHeaderMayHaveAType() {
    String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    assertThat(tokens.verifyAccess(signed(header, claims())).userId()).isEqualTo(ADA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "nbf", "iat"})
  void aTimeThatIsNoIntegerIsRefused(String claim) {
    long good = NOW.getEpochSecond() + ("exp".equals(claim) ? 3600 : -3600);
    String rest = Json.write(with(claims(), claim, null)).replaceFirst("}$", ",\"" + claim + "\":");
    assertThat(tokens.verifyAccess(signed(HS256, rest + good + "}"))).isNotNull();
    for (String value :
        List.of(
            "\"" + good + "\"",
            "\"2027-11-22T10:15:30Z\"",
            good + ".5",
            "[" + good + "]",
            "{}",
            "true",
            "null",
            "-1",
            "1e300",
            "253402300800",
            "9223372036854775807")) {
      assertRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, rest + value + "}"), tokens);
    }
  }

  @Test
  void aTokenThatIsNotYetGoodIsRefused() {
    Map<String, Object> claims = claims();
    claims.put("nbf", NOW.plusSeconds(60).getEpochSecond());
    assertRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, claims), tokens);
    assertThat(at(NOW.plusSeconds(60)).verifyAccess(signed(HS256, claims)).userId()).isEqualTo(ADA);
  }

  @Test
  void aClaimThatIsThereTwiceIsRefused() {
    for (String claim : List.of("iss", "aud", "sub", "type", "exp")) {
      String twice =
          Json.write(claims())
              .replaceFirst("}$", ",\"" + claim + "\":" + Json.write(claims().get(claim)) + "}");
      assertRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, twice), tokens);
    }
  }

  @Test
  void anAudienceThatIsNoStringsIsRefused() {
    for (Object audience : List.of(7, List.of("parley", 7), Map.of("parley", 1), List.of())) {
      Map<String, Object> claims = claims();
      claims.put("aud", audience);
      assertRefused(ErrorCode.UNAUTHENTICATED, signed(HS256, claims), tokens);
    }
  }

  @Test
  void anExpiredTokenOfSomebodyElseIsNotMerelyExpired() {
    TokenService later = at(NOW.plusSeconds(7200));
    assertRefused(ErrorCode.TOKEN_EXPIRED, signed(HS256, claims()), later);
    for (String claim : List.of("iss", "aud", "type")) {
      String foreign = signed(HS256, with(claims(), claim, "other"));
      assertRefused(ErrorCode.UNAUTHENTICATED, foreign, later);
      String lacking = signed(HS256, with(claims(), claim, null));
      assertRefused(ErrorCode.UNAUTHENTICATED, lacking, later);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "...",
        "a.b.c",
        "a.b.c.d.e",
        "garbage",
        "e30.e30.e30",
        "é.é.é",
        "eyJhbGciOiJIUzI1NiJ9..",
        "bnVsbA.bnVsbA.bnVsbA",
        "W10.W10.W10",
        "\0.\0.\0",
        "\ud83d.\ud83d.\ud83d"
      })
  void garbageIsRefused(String token) {
    assertRefused(ErrorCode.UNAUTHENTICATED, token, tokens);
    assertRefreshRefused(ErrorCode.UNAUTHENTICATED, token, tokens);
  }

  @Test
  void anOversizedOrDeepTokenIsRefused() {
    assertRefused(ErrorCode.UNAUTHENTICATED, "a".repeat(100_000), tokens);
    assertRefused(ErrorCode.UNAUTHENTICATED, ".".repeat(100_000), tokens);
    String deep = part("[".repeat(10_000));
    assertRefused(ErrorCode.UNAUTHENTICATED, deep + "." + deep + "." + deep, tokens);
    assertRefused(
        ErrorCode.UNAUTHENTICATED,
        part("{\"alg\":\"HS256\",\"zip\":\"DEF\"}") + ".AAAA.AAAA",
        tokens);
  }

  private static TokenService at(Instant now) {
    return new TokenService(new SigningKey(() -> SECRET), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static void assertRefused(ErrorCode code, String token, TokenService tokens) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> tokens.verifyAccess(token))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertRefreshRefused(ErrorCode code, String token, TokenService tokens) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> tokens.verifyRefresh(token))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "parley");
    claims.put("aud", List.of("parley"));
    claims.put("sub", ADA.value().toString());
    claims.put("type", "access");
    claims.put("exp", NOW.plusSeconds(3600).getEpochSecond());
    return claims;
  }

  private static Map<String, Object> refreshClaims() {
    Map<String, Object> claims = claims();
    claims.put("type", "refresh");
    claims.put("exp", SESSION.expiresAt().getEpochSecond());
    claims.put("jti", SESSION.refreshTokenId().toString());
    claims.put("sid", SESSION.id().toString());
    return claims;
  }

  private static Map<String, Object> with(
      Map<String, Object> claims, String claim, @Nullable String value) {
    if (value == null) {
      claims.remove(claim);
    } else {
      claims.put(claim, value);
    }
    return claims;
  }

  private static String signed(String header, Map<String, Object> claims) {
    return signed(header, Json.write(claims));
  }

  private static String signed(String header, String claims) {
    String content = part(header) + "." + part(claims);
    try {
      return content + "." + mac("HmacSHA256", SECRET, content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String mac(String algorithm, String key, String content)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
    return part(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
