package parley.checker;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that a client did or saw, or that was found in the end. */
public sealed interface Entry {
  /** A conversation and everybody who takes part, from its first message on. */
  record Opened(String conversation, Set<String> participants) implements Entry {}

  /** A group was made, of which newcomers see this of the past. */
  record Founded(String group, String history) implements Entry {}

  /** A client begins to ask for a change, the how many-th of the run. */
  record Wanted(int number, Change change) implements Entry {}

  /** It was answered that this is so now. */
  record Made(int number) implements Entry {}

  /** What was wanted was to clear a history: just before that is made, up to which seq it is. */
  record Cleared(int number, long upTo) implements Entry {}

  /** It was answered with an error of this code. */
  record Denied(int number, String code) implements Entry {}

  /** No answer came, so that it may have been made or not; it is not under way any more. */
  record Unanswered(int number) implements Entry {}

  /** A device was told live that its user blocks somebody, or does so no more. */
  record BlockNoticed(Link link, Change change) implements Entry {}

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

  /** It came over a link that a message was changed, and is this now. */
  record Updated(Link link, Message message) implements Entry {}

  /** A device was told, live or at the end of catching up, that a message is gone. */
  record Dropped(String user, String device, String message) implements Entry {}

  /** A device noticed by a message's seq that others before it are missing. */
  record GapNoticed(Link link, Message message) implements Entry {}

  /** A link ended, or its client cut it and looks at it no more. */
  record Closed(Link link) implements Entry {}

  /** A device begins to catch up. */
  record CatchUpStarted(String device) implements Entry {}

  /** A device has caught up; these it was given, in this order. */
  record CaughtUp(String user, String device, List<Message> messages) implements Entry {}

  /**
   * Of a conversation a device was told, in what it was given to catch up just before, that it is
   * there and from which seq on what it has is to be kept, or that it is gone.
   */
  record Listed(String user, String device, String conversation, boolean there, long visibleFromSeq)
      implements Entry {}

  /** A user begins to read a conversation's history, the newest first. */
  record WalkStarted(int walk) implements Entry {}

  /** The history as the user read it, page by page. */
  record Walked(int walk, String user, String conversation, List<Message> messages)
      implements Entry {}

  /** A user begins to search the history of a conversation. */
  record SearchStarted(String search) implements Entry {}

  /** What the search found. */
  record Found(String search, String user, List<Message> messages) implements Entry {}

  /**
   * A user begins to say how far they are in a conversation, the how many-th of the run; 0 for what
   * is not said.
   */
  record Moving(int number, String user, String conversation, long delivered, long read)
      implements Entry {
    /** Up to which message they say to have received all: what is read is received too. */
    long received() {
      return Math.max(delivered, read);
    }
  }

  /** It was answered how far they are now. */
  record Moved(int number, long delivered, long read) implements Entry {}

  /** It was answered with an error of this code. */
  record MoveRefused(int number, String code) implements Entry {}

  /** It came over a link that a user has received, or read, all up to here. */
  record ReceiptTold(Link link, String conversation, String user, boolean read, long seq)
      implements Entry {}

  /** A user begins to read the receipts of a conversation. */
  record ReceiptsAsked(String reading) implements Entry {}

  /**
   * How far somebody is, as a user was shown it.
   *
   * @param reading the one that was asked for, or the device that was given it to catch up
   */
  record ReceiptShown(
      String reading, String viewer, String conversation, String user, long delivered, long read)
      implements Entry {}

  /** A device has caught up from nothing, and so was given no receipts of groups. */
  record StartedOver(String device) implements Entry {}

  /** An event that a function failed on for good: it is in a dead-letter queue, for a person. */
  record GivenUp(String event) implements Entry {}

  /** Everything under way has ended, and what the system does by itself has been done. */
  record Settled() implements Entry {}

  /**
   * What a device has in the end of what does not change with every message, by type and id, each
   * with the people in it as the device shows them.
   *
   * @param begun whether it began just then, so that it did not follow what happened
   * @param people everybody whom anything on it names, as the device shows them, by their ids
   * @param nameless whom it cannot show
   */
  record Held(
      String user,
      String device,
      boolean begun,
      Map<String, Map<String, String>> things,
      Map<String, String> people,
      Set<String> nameless)
      implements Entry {}

  /** A user as others are to see them, as the user was told in the end. */
  record ProfileRead(String user, String name, String profile) implements Entry {}

  /** A conversation of a user, as the list of conversations told of it in the end. */
  record Counted(
      String user, String conversation, long lastSeq, long lastReadSeq, String lastMessage)
      implements Entry {}

  /** The members of a group with their roles, as one of them was told in the end. */
  record MembersRead(String group, String user, Map<String, String> roles) implements Entry {}

  /** Whom a user blocks, as they were told in the end. */
  record BlocksRead(String user, Set<String> blocked) implements Entry {}

  /** How many have come in by a group's invites, as its admins were told in the end. */
  record InvitesRead(String group, long uses) implements Entry {}

  /** A message that the database holds in the end. */
  record Stored(Message message) implements Entry {}
}
