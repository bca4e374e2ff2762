package parley.checker;

import java.util.stream.Stream;

/** A promise that clients rely on. Each is checked by itself, from nothing but the history. */
public enum Rule {
  /** An acknowledged message is stored as it was acknowledged. */
  ACKED_IS_STORED,
  /** A sender's clientId stands for one stored message. */
  STORED_ONCE,
  /** What is stored was sent, and as it was sent. */
  STORED_WAS_SENT,
  /** A conversation's messages are numbered 1, 2, 3 and so on without a gap or a repeat. */
  NUMBERED_WITHOUT_GAP,
  /** Every acknowledgement of a message names the same id and seq. */
  RETRY_GIVES_FIRST_RESULT,
  /** An acknowledgement is of what was sent: another body under a used clientId gets none. */
  OTHER_BODY_IS_REFUSED,
  /** A good message is refused only for a time. */
  GOOD_MESSAGE_IS_NOT_REFUSED,
  /** Whatever a client is shown, live or by reading, is stored just so. */
  SHOWN_IS_STORED,
  /** Nobody is shown anything of a conversation that they take no part in. */
  NOTHING_TO_OTHERS,
  /**
   * A message reaches every link that was open when it was sent and stays open, or lies in a
   * dead-letter queue.
   */
  HANDED_TO_EVERY_LINK,
  /**
   * Over a link messages come in the order of their seq, or the client can tell that some are
   * missing.
   */
  ORDERED_OR_NOTICED,
  /** What a device was given live and by catching up is what is stored. */
  LIVE_AND_CAUGHT_UP_IS_STORED,
  /** What was acknowledged before a device began to catch up, it has when it has done so. */
  CAUGHT_UP_IS_COMPLETE,
  /** Reading the history while others write gives everything once, and in order. */
  PAGES_ARE_STABLE,
  /** The counts of unread messages are those that the stored messages give. */
  UNREAD_IS_WHAT_IS_STORED;

  Stream<Violation> check(Evidence evidence) {
    Stream<String> broken =
        switch (this) {
          case ACKED_IS_STORED -> StorageRules.ackedIsStored(evidence);
          case STORED_ONCE -> StorageRules.storedOnce(evidence);
          case STORED_WAS_SENT -> StorageRules.storedWasSent(evidence);
          case NUMBERED_WITHOUT_GAP -> StorageRules.numberedWithoutGap(evidence);
          case RETRY_GIVES_FIRST_RESULT -> SendRules.retryGivesFirstResult(evidence);
          case OTHER_BODY_IS_REFUSED -> SendRules.otherBodyIsRefused(evidence);
          case GOOD_MESSAGE_IS_NOT_REFUSED -> SendRules.goodMessageIsNotRefused(evidence);
          case SHOWN_IS_STORED -> DeliveryRules.shownIsStored(evidence);
          case NOTHING_TO_OTHERS -> DeliveryRules.nothingToOthers(evidence);
          case HANDED_TO_EVERY_LINK -> DeliveryRules.handedToEveryLink(evidence);
          case ORDERED_OR_NOTICED -> DeliveryRules.orderedOrNoticed(evidence);
          case LIVE_AND_CAUGHT_UP_IS_STORED -> DeliveryRules.liveAndCaughtUpIsStored(evidence);
          case CAUGHT_UP_IS_COMPLETE -> ReadRules.caughtUpIsComplete(evidence);
          case PAGES_ARE_STABLE -> ReadRules.pagesAreStable(evidence);
          case UNREAD_IS_WHAT_IS_STORED -> ReadRules.unreadIsWhatIsStored(evidence);
        };
    return broken.map(detail -> new Violation(this, detail));
  }
}
