package parley.group;

import java.util.Optional;
import parley.conversation.ConversationRepository;
import parley.conversation.Role;
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
   * Reads a row of {@link GroupRepository#statement}.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND if the conversation is no group
   */
  static Outcome from(Row row) {
    Role mine =
        row.optionalString("my_role")
            .map(Role::valueOf)
            .orElseThrow(ConversationRepository::notFound);
    return new Outcome(mine, row.isNull("id") ? Optional.empty() : Optional.of(Stored.from(row)));
  }

  /**
   * @throws ChatException ROLE_REQUIRED if this role does not allow it
   */
  Outcome requireAdmin() {
    if (!mine.administers()) {
      throw roleRequired("this takes an admin of the group");
    }
    return this;
  }

  static ChatException roleRequired(String message) {
    return new ChatException(ErrorCode.ROLE_REQUIRED, message);
  }
}
