package parley.block;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import parley.block.BlockRepository.Ended;
import parley.block.BlockRepository.Made;
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
import parley.presence.PresenceService;
import parley.user.UserId;

/**
 * Blocking people, and ending it. Only the blocker's own devices are told. The blocked person's
 * devices are told what they would be told if the blocker hid their presence.
 */
public final class BlockService {
  private final BlockRepository blocks;
  private final CircleService circles;
  private final PresenceService presence;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public BlockService(
      BlockRepository blocks,
      CircleService circles,
      PresenceService presence,
      Broadcaster broadcaster,
      Ids ids,
      Clock clock) {
    this.blocks = blocks;
    this.circles = circles;
    this.presence = presence;
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
    Made made = circles.narrowing(me, other, () -> store(me, other));
    Block block = made.block();
    broadcaster.tell(Set.of(me), new BlockEvent.Blocked(block.user(), block.createdAt()));
    if (made.presenceEnds()) {
      presence.hide(me, other);
    }
    return block;
  }

  private Made store(UserId me, UserId other) {
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
      if (ended.get().friends()) {
        presence.showAgain(me, other);
      }
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
