package parley.block;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import parley.conversation.ConversationId;
import parley.delivery.Broadcaster;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.user.UserId;

/** Blocking people, and ending it. Only one's own devices are told. */
public final class BlockService {
  private final BlockRepository blocks;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public BlockService(BlockRepository blocks, Broadcaster broadcaster, Ids ids, Clock clock) {
    this.blocks = blocks;
    this.broadcaster = broadcaster;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Blocks somebody, friend or not; who is blocked already stays so.
   *
   * @throws ChatException VALIDATION_FAILED for oneself; USER_NOT_FOUND
   */
  public Block block(UserId me, UserId other) {
    if (me.equals(other)) {
      throw ChatException.invalid("blocking oneself is not possible");
    }
    Block block =
        blocks
            .block(me, other, new ConversationId(ids.next()), clock.instant())
            .orElseThrow(
                () -> new ChatException(ErrorCode.USER_NOT_FOUND, "there is no such user"));
    broadcaster.tell(Set.of(me), new BlockEvent.Blocked(block.user(), block.createdAt()));
    return block;
  }

  /** Ends a block; who is not blocked stays so. */
  public void unblock(UserId me, UserId other) {
    if (blocks.unblock(me, other)) {
      broadcaster.tell(Set.of(me), new BlockEvent.Unblocked(other));
    }
  }

  /** Whom {@code me} blocks, the newest block first. */
  public List<Block> list(UserId me) {
    return blocks.list(me);
  }
}
