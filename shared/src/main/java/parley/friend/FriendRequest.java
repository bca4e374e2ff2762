package parley.friend;

import java.time.Instant;
import java.util.Optional;
import parley.user.Profile;
import parley.user.UserId;

/**
 * A friend request.
 *
 * @param sender who asked, where the reader is to be told
 * @param receiver who was asked, where the reader is to be told
 */
public record FriendRequest(
    FriendRequestId id,
    UserId senderId,
    UserId receiverId,
    Status status,
    Instant createdAt,
    Optional<Profile> sender,
    Optional<Profile> receiver) {

  /** What became of a request. */
  public enum Status {
    PENDING,
    ACCEPTED,
    REJECTED
  }

  /** The request as this one of the two reads it. */
  FriendRequest readBy(UserId reader) {
    return reader.equals(senderId) ? withReceiver() : withSender();
  }

  /** The request as who sent it reads it. */
  FriendRequest withReceiver() {
    return new FriendRequest(
        id, senderId, receiverId, status, createdAt, Optional.empty(), receiver);
  }

  /** The request as who received it reads it. */
  FriendRequest withSender() {
    return new FriendRequest(id, senderId, receiverId, status, createdAt, sender, Optional.empty());
  }
}
