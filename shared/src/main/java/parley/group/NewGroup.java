package parley.group;

import java.util.Optional;
import java.util.Set;
import parley.conversation.History;
import parley.message.ClientId;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/**
 * A group that somebody wants to make.
 *
 * @param members whom to begin with besides oneself, who must be friends
 * @param history what those who come later see of the past; nothing of it unless told otherwise
 * @param clientId the same as that of a message: asked again under it, the group is made once
 */
public record NewGroup(
    String title,
    Optional<String> picture,
    History history,
    Set<UserId> members,
    Optional<ClientId> clientId) {
  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public NewGroup {
    title = GroupChange.requireTitle(title);
    picture.ifPresent(GroupChange::requirePicture);
  }

  /** Reads what a client sent. */
  public static NewGroup read(JsonObject json) {
    json.only("title", "picture", "history", "userIds", "clientId");
    return new NewGroup(
        json.string("title"),
        json.optionalString("picture"),
        json.optionalConstant("history", History.class).orElse(History.JOINED),
        json.has("userIds") ? Members.read(json) : Set.of(),
        json.optionalString("clientId").map(ClientId::new));
  }
}
