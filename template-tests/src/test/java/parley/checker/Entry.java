package parley.checker;

import java.util.List;
import java.util.Set;

/** Something that a client did or saw, or that was found in the end. */
public sealed interface Entry {
  /** A conversation and everybody who takes part, from its first message on. */
  record Opened(String conversation, Set<String> participants) implements Entry {}

  /** A client begins to send, for the first time or once more. */
  record Tried(Draft draft) implements Entry {}

  /** A try was acknowledged with this message. */
  record Acked(Draft draft, Message message) implements Entry {}

  /** A try was answered with an error of this code. */
  record Refused(Draft draft, String code) implements Entry {}

  /** A link is open: its client knows that the handshake succeeded. */
  record Connected(Link link) implements Entry {}

  /** A message came over a link. */
  record Received(Link link, Message message) implements Entry {}

  /** A device noticed by a message's seq that others before it are missing. */
  record GapNoticed(Link link, Message message) implements Entry {}

  /** A link ended, or its client cut it and looks at it no more. */
  record Closed(Link link) implements Entry {}

  /** A device begins to catch up. */
  record CatchUpStarted(String device) implements Entry {}

  /** A device has caught up; these it was given, in this order. */
  record CaughtUp(String user, String device, List<Message> messages) implements Entry {}

  /** A user begins to read a conversation's history, the newest first. */
  record WalkStarted(int walk) implements Entry {}

  /** The history as the user read it, page by page. */
  record Walked(int walk, String user, String conversation, List<Message> messages)
      implements Entry {}

  /** An event that a function failed on for good: it is in a dead-letter queue, for a person. */
  record GivenUp(String event) implements Entry {}

  /** Everything under way has ended, and what the system does by itself has been done. */
  record Settled() implements Entry {}

  /** A user's numbers of a conversation, as the API told them in the end. */
  record Counted(String user, String conversation, long lastSeq, long lastReadSeq)
      implements Entry {}

  /** A message that the database holds in the end. */
  record Stored(Message message) implements Entry {}
}
