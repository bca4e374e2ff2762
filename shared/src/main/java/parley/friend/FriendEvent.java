package parley.friend;

import parley.delivery.ServerEvent;
import parley.user.Profile;
import parley.user.UserId;

/** What clients are told of friend requests. Nobody is told what somebody does whom they block. */
public sealed interface FriendEvent extends ServerEvent {
  /** Somebody asks for friendship: to the receiver. */
  record RequestSent(FriendRequest request) implements FriendEvent {
    @Override
    public String name() {
      return "friend:request_sent";
    }

    @Override
    public Object data() {
      return request;
    }
  }

  /** Two people are friends now: to both, each told of the other. */
  record RequestAccepted(FriendRequestId requestId, UserId userId, Profile friend)
      implements FriendEvent {
    @Override
    public String name() {
      return "friend:request_accepted";
    }
  }

  /** A request was rejected: to who sent it. */
  record RequestRejected(FriendRequestId requestId) implements FriendEvent {
    @Override
    public String name() {
      return "friend:request_rejected";
    }
  }

  /** A request was taken back by who sent it: to both. */
  record RequestWithdrawn(FriendRequestId requestId) implements FriendEvent {
    @Override
    public String name() {
      return "friend:request_withdrawn";
    }
  }

  /** Two people are friends no more: to both, each told of the other. */
  record Removed(UserId userId) implements FriendEvent {
    @Override
    public String name() {
      return "friend:removed";
    }
  }
}
