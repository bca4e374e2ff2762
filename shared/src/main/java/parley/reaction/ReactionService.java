package parley.reaction;

import parley.delivery.Broadcaster;
import parley.message.MessageId;
import parley.message.MessageTargetRepository;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.reaction.ReactionRepository.Outcome;
import parley.user.UserId;

/**
 * Reactions. Each user has one set of emojis for a message. Who sees the message is told live, by
 * one event a change, and by catching up.
 */
public final class ReactionService {
  private static final int MOST = 20;

  private final ReactionRepository reactions;
  private final Broadcaster broadcaster;

  public ReactionService(ReactionRepository reactions, Broadcaster broadcaster) {
    this.reactions = reactions;
    this.broadcaster = broadcaster;
  }

  /**
   * Replaces what {@code me} reacts to a message with; nothing is told if it is so already.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; VALIDATION_FAILED for a system message;
   *     MESSAGE_DELETED; TOO_MANY_REACTIONS if the message would have more than {@value #MOST}
   *     different ones; BLOCKED_BY_YOU in the conversation with somebody whom one blocks
   */
  public Reacted react(UserId me, MessageId message, Emojis emojis) {
    Outcome outcome = reactions.react(me, message, emojis, MOST);
    switch (outcome.verdict()) {
      case TAKEN -> {}
      case SYSTEM -> throw ChatException.invalid("nobody reacts to a system message");
      case DELETED -> throw MessageTargetRepository.deleted();
      case TOO_MANY ->
          throw new ChatException(
              ErrorCode.TOO_MANY_REACTIONS,
              "a message takes " + MOST + " different emojis at most");
    }
    Reacted reacted =
        new Reacted(outcome.conversation(), message, me, emojis.value(), outcome.counts());
    if (!outcome.audience().isEmpty()) {
      broadcaster.tell(outcome.audience(), reacted);
    }
    return reacted;
  }
}
