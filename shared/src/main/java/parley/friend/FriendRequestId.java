package parley.friend;

import java.util.UUID;

/** The id of a friend request. */
public record FriendRequestId(UUID value) {}
