package parley.auth;

import java.time.Instant;
import java.util.UUID;
import parley.user.UserId;

/**
 * One login and the newest refresh token of it.
 *
 * @param id the session's id: what the family of its refresh tokens has in common
 */
record Session(UUID id, UserId userId, UUID refreshTokenId, Instant expiresAt) {}
