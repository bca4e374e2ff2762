package parley.block;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import parley.block.BlockRepository.Ended;
import parley.circle.CircleService;
import parley.conversation.ConversationId;
import parley.delivery.Broadcaster;
import parley.message.MessageId;
import parley.message.SentMessage;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.UserId;

/** Blocking people, and ending it. Only one's own devices are told. */
public final class BlockService {
  private final BlockRepository blocks;
  private final CircleService circles;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public BlockService(
      BlockRepository blocks,
      CircleService circles,
      Broadcaster broadcaster,
      Ids ids,
      Clock clock) {
    this.blocks = blocks;
    this.circles = circles;
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
    Block block = circles.narrowing(me, other, () -> store(me, other));
    broadcaster.tell(Set.of(me), new BlockEvent.Blocked(block.user(), block.createdAt()));
    return block;
  }

  private Block store(UserId me, UserId other) {
    return blocks
        .block(me, other, new ConversationId(ids.next()), clock.instant())
        .orElseThrow(() -> new ChatException(ErrorCode.USER_NOT_FOUND, "there is no such user"));
  }

  /**
   * Ends a block; a person who is not blocked stays so. If one of the two set how long messages
   * last while the other blocked them, the value from before holds for both again, and a system
   * message tells both.
   */
  public void unblock(UserId me, UserId other) {
    Optional<Ended> ended = blocks.unblock(me, other, new MessageId(ids.next()));
    if (ended.isPresent()) {
      circles.widened(me, other);
      broadcaster.tell(Set.of(me), new BlockEvent.Unblocked(other));
      ended
          .get()
          .told()
          .ifPresent(told -> broadcaster.tell(told.audience(), SentMessage.of(told.message())));
    }
  }

  /** Whom {@code me} blocks, the newest block first, 100 on a page at most. */
  public Page<Block> list(UserId me, PageRequest page) {
    return blocks.list(me, page);
  }
}
