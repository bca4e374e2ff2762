package parley.friend;

import java.time.Instant;
import java.util.Optional;
import parley.platform.sql.Row;
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
  /** What {@link #from} reads of the row {@code f} and its {@link #PEOPLE}. */
  static final String COLUMNS =
      "f.id, f.status, f.created_at, "
          + Profile.columns("s", "sender_")
          + ", "
          + Profile.columns("r", "receiver_");

  static final String PEOPLE =
      "join users s on s.id = f.sender_id join users r on r.id = f.receiver_id";

  /** What became of a request. */
  public enum Status {
    PENDING,
    ACCEPTED,
    REJECTED
  }

  static FriendRequest from(Row row) {
    Profile sender = Profile.from(row, "sender_");
    Profile receiver = Profile.from(row, "receiver_");
    return new FriendRequest(
        new FriendRequestId(row.uuid("id")),
        sender.id(),
        receiver.id(),
        Status.valueOf(row.string("status")),
        row.instant("created_at"),
        Optional.of(sender),
        Optional.of(receiver));
  }

  /** The request as this one of the two reads it. */
  FriendRequest readBy(UserId reader) {
    boolean sent = reader.equals(senderId);
    return new FriendRequest(
        id,
        senderId,
        receiverId,
        status,
        createdAt,
        sent ? Optional.empty() : sender,
        sent ? receiver : Optional.empty());
  }
}
