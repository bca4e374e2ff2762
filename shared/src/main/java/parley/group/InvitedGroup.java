package parley.group;

import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;

/**
 * What somebody sees of a group who holds an invite to it.
 *
 * @param picture a reference to its picture, null if there is none
 */
public record InvitedGroup(
    ConversationId groupId, String title, @Nullable String picture, long memberCount) {}
