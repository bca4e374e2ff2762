package parley.checker;

import java.util.List;

/**
 * A request for copies of a message; a client may make it more than once.
 *
 * @param clientId with a hyphen and a conversation's id behind it, the copy's there
 */
public record Forward(String sender, String message, List<String> conversations, String clientId) {
  /** The copies, in the order of the conversations. */
  public List<Draft> drafts() {
    return conversations.stream().map(conversation -> new Draft(this, conversation)).toList();
  }
}
