package parley.friend;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import parley.delivery.Broadcaster;

import parley.friend.FriendRepository.Standing;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.user.Profile;
import parley.user.UserId;

/** Asking for friendship, answering, and the lists of both. */
public final class FriendService {
  private final FriendRepository friends;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public FriendService(FriendRepository friends, Broadcaster broadcaster, Ids ids, Clock clock) {
    this.friends = friends;
    this.broadcaster = broadcaster;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Asks {@code receiver} for friendship and tells them, as far as that succeeds: catching up tells
   * it in any case.
   *
   * @throws ChatException VALIDATION_FAILED for oneself, USER_NOT_FOUND, ALREADY_FRIENDS or
   *     FRIEND_REQUEST_PENDING
   */
  public FriendRequest request(UserId me, UserId receiver) {
    if (me.equals(receiver)) {
      throw ChatException.invalid("a friend request to oneself is not possible");
    }
    FriendRequest request =
        friends
            .request(new FriendRequestId(ids.next()), me, receiver, clock.instant())
            .orElseThrow(() -> refusal(friends.standing(me, receiver)))
            .withSender();
    broadcaster.tell(Set.of(receiver), new FriendEvent.RequestSent(request));
    return request;
  }

  /**
   * Accepts or rejects a request, and tells both in the first case and its sender in the second.
   *
   * @throws ChatException FRIEND_REQUEST_NOT_FOUND if it is not to {@code me},
   *     FRIEND_REQUEST_ANSWERED
   */
  public FriendRequest respond(UserId me, FriendRequestId id, FriendAction action) {
    FriendRequest answered =
        friends
            .answer(id, me, action.outcome(), clock.instant())
            .orElseThrow(() -> unanswerable(friends.received(id, me)));
    switch (action) {
      case ACCEPT -> {
        tellAccepted(answered, answered.sender().orElseThrow(), answered.receiver().orElseThrow());
        tellAccepted(answered, answered.receiver().orElseThrow(), answered.sender().orElseThrow());
      }
      case REJECT ->
          broadcaster.tell(
              Set.of(answered.senderId()), new FriendEvent.RequestRejected(answered.id()));
    }
    return answered.withSender();
  }

  /** The requests that wait for {@code me}, newest first, 500 at most. */
  public List<FriendRequest> incoming(UserId me) {
    return friends.incoming(me).stream().map(FriendRequest::withSender).toList();
  }

  /** The requests by {@code me} that wait, newest first, 500 at most. */
  public List<FriendRequest> outgoing(UserId me) {
    return friends.outgoing(me).stream().map(FriendRequest::withReceiver).toList();
  }

  /** The friends of {@code me} by name. */
  public List<Profile> friends(UserId me) {
    return friends.friends(me);
  }

  private void tellAccepted(FriendRequest request, Profile to, Profile friend) {
    broadcaster.tell(
        Set.of(to.id()), new FriendEvent.RequestAccepted(request.id(), friend.id(), friend));
  }

  private static ChatException refusal(Standing standing) {
    if (!standing.otherExists()) {
      return new ChatException(ErrorCode.USER_NOT_FOUND, "there is no such user");
    }
    boolean friends = standing.status().filter(FriendRequest.Status.ACCEPTED::equals).isPresent();
    return friends
        ? new ChatException(ErrorCode.ALREADY_FRIENDS, "you are friends already")
        : new ChatException(
            ErrorCode.FRIEND_REQUEST_PENDING, "a request between you waits for its answer");
  }

  private static ChatException unanswerable(boolean received) {
    return received
        ? new ChatException(
            ErrorCode.FRIEND_REQUEST_ANSWERED, "this friend request is answered already")
        : new ChatException(ErrorCode.FRIEND_REQUEST_NOT_FOUND, "there is no such friend request");
  }
}
