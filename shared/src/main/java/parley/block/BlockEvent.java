package parley.block;

import java.time.Instant;
import parley.delivery.ServerEvent;
import parley.user.Profile;
import parley.user.UserId;

/** What the devices of who blocks are told, and nobody else. */
public sealed interface BlockEvent extends ServerEvent {
  /** One blocks somebody. */
  record Blocked(Profile user, Instant createdAt) implements BlockEvent {
    @Override
    public String name() {
      return "user:blocked";
    }
  }

  /** One blocks somebody no more. */
  record Unblocked(UserId userId) implements BlockEvent {
    @Override
    public String name() {
      return "user:unblocked";
    }
  }
}
