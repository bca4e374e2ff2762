package parley.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user as they see themselves. */
public record Account(
    UserId id,
    String email,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    Instant createdAt) {}
