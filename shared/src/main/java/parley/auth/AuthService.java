package parley.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import parley.auth.SessionRepository.Credentials;
import parley.auth.SessionRepository.Rotation;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** Registering, logging in and refreshing. */
public final class AuthService {
  /**
   * For how long a refresh token that was used is answered as the first time: longer than a request
   * may take (29 s), so that a retry of one whose answer was lost is in it.
   */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final int LONGEST_PASSWORD = 1_024;

  private final SessionRepository sessions;
  private final PasswordHasher hasher;
  private final TokenService tokens;
  private final Ids ids;
  private final Clock clock;

  public AuthService(
      SessionRepository sessions,
      PasswordHasher hasher,
      TokenService tokens,
      Ids ids,
      Clock clock) {
    this.sessions = sessions;
    this.hasher = hasher;
    this.tokens = tokens;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes an account and logs it in.
   *
   * @throws ChatException EMAIL_TAKEN, after the same work as a success
   */
  public Tokens register(Registration registration) {
    String hash = hasher.hash(registration.password());
    Instant now = clock.instant();
    Session session = newSession(new UserId(ids.next()), now);
    try {
      sessions.register(registration, hash, session, now);
    } catch (SqlException e) {
      if (e.violatesUnique(SessionRepository.EMAIL_CONSTRAINT)) {
        throw new ChatException(ErrorCode.EMAIL_TAKEN, "this email is registered already", e);
      }
      throw e;
    }
    return tokens.issue(session, now);
  }

  /**
   * Logs in.
   *
   * @throws ChatException INVALID_CREDENTIALS, which neither tells nor shows by its timing whether
   *     it was the email or the password
   */
  public Tokens login(String email, String password) {
    UserId user =
        authenticate(email, password)
            .orElseThrow(
                () ->
                    new ChatException(
                        ErrorCode.INVALID_CREDENTIALS, "the email or the password is wrong"));
    Instant now = clock.instant();
    Session session = newSession(user, now);
    sessions.open(session, now);
    return tokens.issue(session, now);
  }

  /**
   * Gives the next pair for a refresh token, which is good for one use. Shown again within {@link
   * #GRACE} it is answered as the first time, so that two tabs that refresh at once, or a client
   * that lost the answer, stay logged in. The answer is kept nowhere: it is signed again from the
   * ids and the time that the session has. Any later use ends the session for everybody who holds a
   * token of it.
   *
   * @throws ChatException UNAUTHENTICATED or TOKEN_EXPIRED
   */
  public Tokens refresh(String refreshToken) {
    Session shown = tokens.verifyRefresh(refreshToken);
    Instant now = clock.instant();
    Rotation rotation =
        sessions
            .rotate(shown, new Rotation(ids.next(), now), now.minus(GRACE))
            .orElseThrow(
                () ->
                    new ChatException(
                        ErrorCode.UNAUTHENTICATED, "the session has ended, log in again"));
    return tokens.issue(
        new Session(shown.id(), shown.userId(), rotation.refreshTokenId(), rotation.expiresAt()),
        rotation.at());
  }

  private Optional<UserId> authenticate(String email, String password) {
    // What no account can have is not worth a hash, and its length tells nothing of any account.
    if (password.length() > LONGEST_PASSWORD || !Text.isStorable(email)) {
      return Optional.empty();
    }
    Optional<Credentials> credentials =
        sessions.credentials(Registration.normalize(email), email.toLowerCase(Locale.ROOT));
    if (credentials.isEmpty()) {
      hasher.matchNothing(password);
    }
    return credentials
        .filter(found -> hasher.matches(password, found.passwordHash()))
        .map(Credentials::userId);
  }

  private Session newSession(UserId user, Instant now) {
    return new Session(ids.next(), user, ids.next(), now.plus(TokenService.REFRESH_LIFETIME));
  }
}
