package parley.message;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationSummary;
import parley.delivery.Broadcaster;
import parley.message.MessageEvent.Hidden;
import parley.message.MessageEvent.Updated;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.user.UserId;

/**
 * Editing and deleting messages. Who may see the message is told live, as well as it goes; that it
 * has changed is in the feed with the change itself, so that a device which missed the event learns
 * it by catching up.
 */
public final class EditService {
  private final EditRepository edits;
  private final Broadcaster broadcaster;

  public EditService(EditRepository edits, Broadcaster broadcaster) {
    this.edits = edits;
    this.broadcaster = broadcaster;
  }

  /**
   * Gives a message another content and other mentions, within 15 minutes after it was sent. The
   * content and the mentions that it has are no edit, and never too late: who repeats an edit gets
   * its result.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; NOT_YOUR_MESSAGE; EDIT_WINDOW_OVER; MESSAGE_DELETED;
   *     VALIDATION_FAILED for mentions outside of a group; MEMBER_NOT_FOUND for one of somebody who
   *     is not in it and whom the message does not mention yet; BLOCKED_BY_YOU in the conversation
   *     with somebody whom {@code me} blocks
   */
  public Message edit(UserId me, MessageId message, Edit edit) {
    return tell(edits.edit(me, message, edit));
  }

  /**
   * Deletes a message for everyone, at any time: what was written is gone from the database. Its
   * place stays. Admins of a group delete what anybody wrote. What is deleted stays so.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; NOT_YOUR_MESSAGE; BLOCKED_BY_YOU
   */
  public Message delete(UserId me, MessageId message) {
    return tell(edits.delete(me, message));
  }

  /**
   * Deletes a message for oneself; the others keep it.
   *
   * @throws ChatException MESSAGE_NOT_FOUND, also if it is deleted so already
   */
  public Hidden hide(UserId me, MessageId message) {
    Hidden hidden =
        new Hidden(message, edits.hide(me, message).orElseThrow(MessageTargetRepository::notFound));
    broadcaster.tell(List.of(me), hidden);
    return hidden;
  }

  private Message tell(Edited edited) {
    Message message = edited.message();
    switch (edited.verdict()) {
      case CHANGED -> {
        ConversationSummary summary = SentMessage.of(message).conversation();
        if (!edited.seenNewest().isEmpty()) {
          broadcaster.tell(edited.seenNewest(), new Updated(message, Optional.of(summary)));
        }
        if (!edited.seen().isEmpty()) {
          broadcaster.tell(edited.seen(), new Updated(message, Optional.empty()));
        }
      }
      case UNCHANGED -> {}
      case NOT_YOURS ->
          throw new ChatException(ErrorCode.NOT_YOUR_MESSAGE, "this message is not yours");
      case DELETED -> throw MessageTargetRepository.deleted();
      case TOO_LATE ->
          throw new ChatException(
              ErrorCode.EDIT_WINDOW_OVER, "a message can be edited for 15 minutes");
      case NO_GROUP -> throw Mentions.onlyInGroups();
      case NO_MEMBER -> throw Mentions.notInGroup();
    }
    return message;
  }
}
