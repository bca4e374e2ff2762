package parley.auth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of registering, logging in and keeping sessions. */
public final class SessionRepository {
  /** The constraint that registering an email twice breaks. */
  static final String EMAIL_CONSTRAINT = "users_email_key";

  /** So many rotations of a session within the grace are answered again; a browser makes one. */
  private static final int ROTATIONS_KEPT = 8;

  private final Sql sql;

  public SessionRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * That a refresh token was replaced.
   *
   * @param refreshTokenId of the token that replaced it
   * @param at when, in whole milliseconds
   */
  record Rotation(UUID refreshTokenId, Instant at) {
    Rotation {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** When the session ends unless it is refreshed again. */
    Instant expiresAt() {
      return at.plus(TokenService.REFRESH_LIFETIME);
    }
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

  /**
   * What a login is checked against.
   *
   * @param typed the email with the white space that was typed around it. Some accounts were made
   *     with white space there that was taken for a part of the email, beside one without it
   */
  Optional<Credentials> credentials(String email, String typed) {
    return sql.statement(
            """
            select id, password_hash from users where email in (:email, :typed)
            order by email = :typed desc limit 1
            """)
        .bind("email", email)
        .bind("typed", typed)
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
   * Replaces the refresh token that was shown by the next one. A token that was replaced at {@code
   * answeredSince} or later gives what replaced it then. Any other token but the newest was used
   * before: somebody else may have it too, and the session ends. The lock of the session's row
   * orders refreshes at once.
   *
   * @param next what replaces it, if it is the newest
   * @return what has replaced it; empty if the session has ended
   */
  Optional<Rotation> rotate(Session shown, Rotation next, Instant answeredSince) {
    return sql.statement(
            """
            with session as (
              select * from sessions
              where id = :session and user_id = :user and expires_at > :now
              for update
            ), recent as (
              select r.value as rotation, r.place
              from session
              cross join jsonb_array_elements(session.rotations) with ordinality as r (value, place)
              where cast(r.value ->> 'at' as bigint) >= :since
            ), answered as (
              select rotation from recent where rotation ->> 'from' = cast(:shown as text)
            ), rotated as (
              update sessions s
              set refresh_token_id = :next, expires_at = :expires_at,
                rotations = jsonb_build_array(jsonb_build_object(
                    'from', s.refresh_token_id, 'to', cast(:next as uuid), 'at', cast(:at as bigint)))
                  || (select coalesce(jsonb_agg(rotation order by place), '[]')
                    from recent where place < :kept)
              from session
              where s.id = session.id and session.refresh_token_id = :shown
              returning s.rotations -> 0 as rotation
            ), ended as (
              delete from sessions s using session
              where s.id = session.id and session.refresh_token_id <> :shown
                and not exists (select from answered)
            )
            select cast(rotation ->> 'to' as uuid) as next, cast(rotation ->> 'at' as bigint) as at
            from (select rotation from rotated union all select rotation from answered) r
            """)
        .bind("session", shown.id())
        .bind("user", shown.userId().value())
        .bind("shown", shown.refreshTokenId())
        .bind("next", next.refreshTokenId())
        .bind("expires_at", next.expiresAt())
        .bind("now", next.at())
        .bind("at", next.at().toEpochMilli())
        .bind("since", answeredSince.toEpochMilli())
        .bind("kept", ROTATIONS_KEPT)
        .first(row -> new Rotation(row.uuid("next"), Instant.ofEpochMilli(row.integer("at"))));
  }
}
