package parley.friend;

import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import parley.circle.CircleService;
import parley.delivery.Broadcaster;
import parley.friend.FriendRepository.Change;
import parley.friend.FriendRepository.Standing;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.Profile;
import parley.user.UserId;

/**
 * Asking for friendship, answering, ending it, and the lists. Who blocks another sees and hears
 * nothing of what they do; the other gets the answers that they would get otherwise.
 */
public final class FriendService {
  /** Looked up in place of who is not to hear, so that the answer takes as long as ever. */
  private static final UserId NOBODY = new UserId(new UUID(0, 0));

  private final FriendRepository friends;
  private final FriendListRepository lists;
  private final CircleService circles;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public FriendService(
      FriendRepository friends,
      FriendListRepository lists,
      CircleService circles,
      Broadcaster broadcaster,
      Ids ids,
      Clock clock) {
    this.friends = friends;
    this.lists = lists;
    this.circles = circles;
    this.broadcaster = broadcaster;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Asks {@code receiver} for friendship and tells them, as far as that succeeds: catching up tells
   * it in any case.
   *
   * @throws ChatException VALIDATION_FAILED for oneself, USER_NOT_FOUND, BLOCKED_BY_YOU,
   *     ALREADY_FRIENDS or FRIEND_REQUEST_PENDING
   */
  public FriendRequest request(UserId me, UserId receiver) {
    if (me.equals(receiver)) {
      throw ChatException.invalid("a friend request to oneself is not possible");
    }
    Change change =
        friends
            .request(new FriendRequestId(ids.next()), me, receiver, clock.instant())
            .orElseThrow(() -> refusal(friends.standing(me, receiver)));
    FriendRequest request = change.request().readBy(receiver);
    tell(receiver, change.heard(), new FriendEvent.RequestSent(request));
    return request;
  }

  /**
   * Accepts or rejects a request, and tells both in the first case and its sender in the second.
   *
   * @throws ChatException FRIEND_REQUEST_NOT_FOUND if it is not to {@code me} or by somebody whom
   *     they block, FRIEND_REQUEST_ANSWERED
   */
  public FriendRequest respond(UserId me, FriendRequestId id, FriendAction action) {
    Change change =
        friends
            .answer(id, me, action.outcome(), clock.instant())
            .orElseThrow(() -> notWaiting(lists.received(id, me)));
    FriendRequest answered = change.request();
    Profile sender = answered.sender().orElseThrow();
    Profile receiver = answered.receiver().orElseThrow();
    switch (action) {
      case ACCEPT -> {
        circles.widened(sender.id(), receiver.id());
        tell(
            sender.id(),
            change.heard(),
            new FriendEvent.RequestAccepted(id, receiver.id(), receiver));
        tell(me, true, new FriendEvent.RequestAccepted(id, sender.id(), sender));
      }
      case REJECT -> tell(sender.id(), change.heard(), new FriendEvent.RequestRejected(id));
    }
    return answered.readBy(me);
  }

  /**
   * Takes back a request by {@code me}, and tells both.
   *
   * @throws ChatException FRIEND_REQUEST_NOT_FOUND if it is not by {@code me},
   *     FRIEND_REQUEST_ANSWERED
   */
  public void withdraw(UserId me, FriendRequestId id) {
    Change change = friends.withdraw(id, me).orElseThrow(() -> notWaiting(lists.sent(id, me)));
    FriendEvent event = new FriendEvent.RequestWithdrawn(id);
    tell(change.request().receiverId(), change.heard(), event);
    tell(me, true, event);
  }

  /**
   * Ends the friendship with {@code friend}, and tells both. Their conversation stays.
   *
   * @throws ChatException FRIEND_NOT_FOUND if the two are no friends
   */
  public void remove(UserId me, UserId friend) {
    Change change =
        circles.narrowing(
            me,
            friend,
            () ->
                friends
                    .remove(me, friend)
                    .orElseThrow(
                        () ->
                            new ChatException(
                                ErrorCode.FRIEND_NOT_FOUND, "there is no such friend")));
    tell(friend, change.heard(), new FriendEvent.Removed(me));
    tell(me, true, new FriendEvent.Removed(friend));
  }

  /** The requests that wait for {@code me}, newest first, 50 on a page at most. */
  public Page<FriendRequest> incoming(UserId me, PageRequest page) {
    return lists.incoming(me, page);
  }

  /** The requests by {@code me} that wait, newest first, 50 on a page at most. */
  public Page<FriendRequest> outgoing(UserId me, PageRequest page) {
    return lists.outgoing(me, page);
  }

  /**
   * The friends of {@code me} by name, 100 on a page at most. Somebody who takes another name
   * between two pages may be on both, or on none.
   */
  public Page<Profile> friends(UserId me, PageRequest page) {
    return lists.friends(me, page);
  }

  private void tell(UserId user, boolean heard, FriendEvent event) {
    broadcaster.tell(Set.of(heard ? user : NOBODY), event);
  }

  private static ChatException refusal(Standing standing) {
    if (!standing.otherExists()) {
      return new ChatException(ErrorCode.USER_NOT_FOUND, "there is no such user");
    }
    if (standing.blocked()) {
      return ChatException.blockedByYou();
    }
    boolean friends = standing.status().filter(FriendRequest.Status.ACCEPTED::equals).isPresent();
    return friends
        ? new ChatException(ErrorCode.ALREADY_FRIENDS, "you are friends already")
        : new ChatException(
            ErrorCode.FRIEND_REQUEST_PENDING, "a request between you waits for its answer");
  }

  private static ChatException notWaiting(boolean seen) {
    return seen
        ? new ChatException(
            ErrorCode.FRIEND_REQUEST_ANSWERED, "this friend request is answered already")
        : new ChatException(ErrorCode.FRIEND_REQUEST_NOT_FOUND, "there is no such friend request");
  }
}
