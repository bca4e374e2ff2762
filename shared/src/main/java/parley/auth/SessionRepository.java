package parley.auth;

import java.time.Instant;
import java.util.Optional;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of registering, logging in and keeping sessions. */
public final class SessionRepository {
  /** The constraint that registering an email twice breaks. */
  static final String EMAIL_CONSTRAINT = "users_email_key";

  private final Sql sql;

  public SessionRepository(Sql sql) {
    this.sql = sql;
  }

  /** What a login is checked against. */
  record Credentials(UserId userId, String passwordHash) {}

  /** Stores a new user and the session that registering opens. */
  void register(Registration registration, String passwordHash, Session session, Instant now) {
    sql.statement(
            """
            with registered as (
              insert into users (id, email, name, password_hash, created_at)
              values (:user, :email, :name, :password_hash, :now)
              returning id
            )
            insert into sessions (id, user_id, refresh_token_id, expires_at)
            select :session, id, :token, :expires_at from registered
            """)
        .bind("user", session.userId().value())
        .bind("email", registration.email())
        .bind("name", registration.name())
        .bind("password_hash", passwordHash)
        .bind("now", now)
        .bind("session", session.id())
        .bind("token", session.refreshTokenId())
        .bind("expires_at", session.expiresAt())
        .execute();
  }

  Optional<Credentials> credentials(String email) {
    return sql.statement("select id, password_hash from users where email = :email")
        .bind("email", email)
        .first(row -> new Credentials(new UserId(row.uuid("id")), row.string("password_hash")));
  }

  /** Opens a session and sweeps away the user's expired ones. */
  void open(Session session, Instant now) {
    sql.statement(
            """
            with expired as (
              delete from sessions where user_id = :user and expires_at <= :now
            )
            insert into sessions (id, user_id, refresh_token_id, expires_at)
            values (:session, :user, :token, :expires_at)
            """)
        .bind("user", session.userId().value())
        .bind("now", now)
        .bind("session", session.id())
        .bind("token", session.refreshTokenId())
        .bind("expires_at", session.expiresAt())
        .execute();
  }

  /**
   * Replaces the refresh token that was shown by the next one. If it is not the session's newest,
   * it was used before: then somebody else has it too, and the session ends.
   *
   * @return whether the token was good
   */
  boolean rotate(Session shown, Session next, Instant now) {
    return sql.statement(
            """
            with rotated as (
              update sessions
              set refresh_token_id = :next, expires_at = :expires_at
              where id = :session and user_id = :user
                and refresh_token_id = :shown and expires_at > :now
              returning id
            ), ended as (
              delete from sessions
              where id = :session and user_id = :user and not exists (select from rotated)
            )
            select id from rotated
            """)
        .bind("session", shown.id())
        .bind("user", shown.userId().value())
        .bind("shown", shown.refreshTokenId())
        .bind("next", next.refreshTokenId())
        .bind("expires_at", next.expiresAt())
        .bind("now", now)
        .first(row -> row.uuid("id"))
        .isPresent();
  }
}
