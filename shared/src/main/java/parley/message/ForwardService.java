package parley.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.message.ForwardRepository.Original;
import parley.platform.ChatException;
import parley.user.UserId;

/** Copying messages into other conversations. */
public final class ForwardService {
  private final ForwardRepository forwards;
  private final MessageService messages;

  public ForwardService(ForwardRepository forwards, MessageService messages) {
    this.forwards = forwards;
    this.messages = messages;
  }

  /**
   * Sends copies of a message as it is now, which do not tell whose it was. All conversations are
   * checked before a copy is sent; then each is a send of its own, so that one that fails leaves
   * those before it, and a repeated request under the same client id sends the rest. What was
   * copied already is that copy, whatever has become of the message or of where it went. A copy
   * that has disappeared since is not made again.
   *
   * @return the copies that there are, in the order of the conversations
   * @throws ChatException MESSAGE_NOT_FOUND; MESSAGE_DELETED; VALIDATION_FAILED for a system
   *     message; CONVERSATION_NOT_FOUND unless {@code me} takes part in all; BLOCKED_BY_YOU;
   *     CLIENT_ID_REUSED; MESSAGE_GONE if all copies have disappeared
   */
  public List<SentMessage> forward(UserId me, MessageId message, Forward forward) {
    Original original = forwards.original(me, message, forward);
    List<SentMessage> copies = new ArrayList<>();
    for (ConversationId conversation : forward.conversationIds()) {
      Optional<ClientId> clientId = forward.clientId(conversation);
      if (clientId.filter(original.gone()::contains).isPresent()) {
        continue;
      }
      copies.add(
          original.isChanged() && clientId.filter(original.copied()::contains).isPresent()
              ? messages.repeat(me, clientId.get())
              : messages.send(me, Draft.forwarding(original.content(), conversation, clientId)));
    }
    if (copies.isEmpty()) {
      throw SendRepository.gone();
    }
    return copies;
  }
}
