package parley.auth;

import java.time.Instant;
import parley.user.UserId;

/** Who a good access token speaks for, and until when. */
public record Identity(UserId userId, Instant expiresAt) {}
