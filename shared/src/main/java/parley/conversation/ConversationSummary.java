package parley.conversation;

import java.time.Instant;

/**
 * What a list of conversations shows of the newest message.
 *
 * @param lastMessage the beginning of its content, as {@link #preview} gives it
 */
public record ConversationSummary(ConversationId id, String lastMessage, Instant lastMessageAt) {
  /** So many Unicode characters of a message are shown in lists of conversations. */
  public static final int PREVIEW = 200;

  /** The first {@value #PREVIEW} characters of a content, or all of it. */
  public static String preview(String content) {
    return content.codePointCount(0, content.length()) <= PREVIEW
        ? content
        : content.substring(0, content.offsetByCodePoints(0, PREVIEW));
  }
}
