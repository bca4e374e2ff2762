package parley.auth;

import java.time.Instant;
import java.util.UUID;
import parley.user.UserId;

/**
 * One login and the only refresh token of it that is good.
 *
 * @param id the session's id: what the family of its refresh tokens has in common
 */
record Session(UUID id, UserId userId, UUID refreshTokenId, Instant expiresAt) {}
