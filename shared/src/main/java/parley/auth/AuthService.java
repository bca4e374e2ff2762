package parley.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import parley.auth.SessionRepository.Credentials;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** Registering, logging in and refreshing. */
public final class AuthService {
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
    Session session = newSession(new UserId(ids.next()));
    try {
      sessions.register(registration, hash, session, clock.instant());
    } catch (SqlException e) {
      if (e.violatesUnique(SessionRepository.EMAIL_CONSTRAINT)) {
        throw new ChatException(ErrorCode.EMAIL_TAKEN, "this email is registered already", e);
      }
      throw e;
    }
    return tokens.issue(session);
  }

  /**
   * Logs in.
   *
   * @throws ChatException INVALID_CREDENTIALS, which neither tells nor shows by its timing whether
   *     it was the email or the password
   */
  public Tokens login(String email, String password) {
    UserId user =
        authenticate(Registration.normalize(email), password)
            .orElseThrow(
                () ->
                    new ChatException(
                        ErrorCode.INVALID_CREDENTIALS, "the email or the password is wrong"));
    Session session = newSession(user);
    sessions.open(session, clock.instant());
    return tokens.issue(session);
  }

  /**
   * Gives the next pair for a refresh token, which is good for one use; a second use ends the
   * session for everybody who holds a token of it.
   *
   * @throws ChatException UNAUTHENTICATED or TOKEN_EXPIRED
   */
  public Tokens refresh(String refreshToken) {
    Session shown = tokens.verifyRefresh(refreshToken);
    Instant now = clock.instant();
    Session next =
        new Session(
            shown.id(), shown.userId(), ids.next(), now.plus(TokenService.REFRESH_LIFETIME));
    if (!sessions.rotate(shown, next, now)) {
      throw new ChatException(ErrorCode.UNAUTHENTICATED, "the session has ended, log in again");
    }
    return tokens.issue(next);
  }

  private Optional<UserId> authenticate(String email, String password) {
    // What no account can have is not worth a hash, and its length tells nothing of any account.
    if (password.length() > LONGEST_PASSWORD || !Text.isStorable(email)) {
      return Optional.empty();
    }
    Optional<Credentials> credentials = sessions.credentials(email);
    if (credentials.isEmpty()) {
      hasher.matchNothing(password);
    }
    return credentials
        .filter(found -> hasher.matches(password, found.passwordHash()))
        .map(Credentials::userId);
  }

  private Session newSession(UserId user) {
    Instant expiry = clock.instant().plus(TokenService.REFRESH_LIFETIME);
    return new Session(ids.next(), user, ids.next(), expiry);
  }
}
