package parley.group;

import java.util.Optional;
import parley.conversation.ConversationKind;
import parley.conversation.ConversationRepository;
import parley.conversation.Role;
import parley.message.ChangeRepository;
import parley.message.Stored;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;

/**
 * What became of a change of a group.
 *
 * @param mine the role of who wanted it
 * @param told the system message that tells of it, empty if nothing was changed
 */
record Outcome(Role mine, Optional<Stored> told) {
  /**
   * Reads a row of {@link ChangeRepository#statement}.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND if the conversation is no group
   */
  static Outcome from(Row row) {
    if (!row.string("kind_changed").equals(ConversationKind.GROUP.name())) {
      throw ConversationRepository.notFound();
    }
    Role mine = Role.valueOf(row.string("my_role"));
    return new Outcome(mine, row.joined("id", Stored::from));
  }

  /**
   * @throws ChatException ROLE_REQUIRED if this role does not allow it
   */
  Outcome requireAdmin() {
    mine.requireAdmin();
    return this;
  }

  static ChatException roleRequired(String message) {
    return new ChatException(ErrorCode.ROLE_REQUIRED, message);
  }
}
