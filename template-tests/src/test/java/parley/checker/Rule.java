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
  /** A good message is refused only for a time or a reason; never once it is acknowledged. */
  GOOD_MESSAGE_IS_NOT_REFUSED,
  /** Whatever a client is shown, live or by reading, is stored just so, or was until a change. */
  SHOWN_IS_STORED,
  /** Nobody is shown anything of a conversation that they take no part in. */
  NOTHING_TO_OTHERS,
  /**
   * Nobody is shown a group's message that was sent before they came, unless newcomers see the
   * past, or after they went; and of what they read then nothing at all.
   */
  NOTHING_OUTSIDE_A_STAY,
  /** Nobody is shown what somebody wrote to them while they blocked them. */
  NOTHING_OF_THE_BLOCKED,
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
  /** What a device was given live and by catching up is what is stored and its user may read. */
  LIVE_AND_CAUGHT_UP_IS_STORED,
  /** What was acknowledged before a device began to catch up, it has when it has done so. */
  CAUGHT_UP_IS_COMPLETE,
  /** Reading the history while others write gives everything once, and in order. */
  PAGES_ARE_STABLE,
  /** The counts of unread messages are those that the stored messages give. */
  UNREAD_IS_WHAT_IS_STORED,
  /** The list of conversations shows of each the newest message that the user may read. */
  LIST_SHOWS_THE_NEWEST,
  /** The conversations that a device was given and not told to drop are those that are listed. */
  CONVERSATIONS_ARE_THOSE_LISTED,
  /** Every conversation in a list is one that was made, and made once. */
  CONVERSATION_WAS_MADE,
  /**
   * A change that was made is told by one system message, and each of these tells of one that
   * somebody wanted.
   */
  CHANGE_IS_TOLD_ONCE,
  /** A group's messages, one after the other, are what its members could do with their roles. */
  ONE_AFTER_THE_OTHER,
  /** The answer to a change is true of the group at some time while it was under way. */
  ANSWER_IS_TRUE,
  /** The members and their roles are those that the changes give. */
  MEMBERS_ARE_AS_TOLD,
  /** Each time that somebody comes in by an invite it is used once. */
  JOINING_USES_AN_INVITE,
  /** Who blocks somebody does not write to them. */
  BLOCKER_DOES_NOT_WRITE,
  /** Only the devices of who blocks are told. */
  BLOCK_IS_SECRET,
  /** Somebody is blocked who was, and nobody else. */
  BLOCKS_ARE_THOSE_MADE,
  /** A message is stored as it was last edited, or as deleted. */
  LAST_CHANGE_IS_STORED,
  /** Reading shows nothing that was changed, or deleted, before it was asked for. */
  READING_GIVES_THE_LAST,
  /** Every device shows each message as it was last edited, or as deleted. */
  SHOWN_IS_THE_LAST_VERSION,
  /** Who deleted a message for themselves does not read it any more. */
  DELETED_FOR_ONESELF_IS_GONE,
  /** In a conversation of two nobody else writes. */
  ONLY_PARTICIPANTS_WRITE,
  /** Who answers a message sees it, and before, in the same conversation. */
  ANSWERED_WAS_SEEN,
  /** A copy has what the message had that its sender saw and wanted copied. */
  COPY_IS_OF_WHAT_WAS_SEEN,
  /** Who cleared a history reads nothing more of it. */
  CLEARED_STAYS_AWAY,
  /** How far somebody has received and read all never goes back, for anybody who asks again. */
  RECEIPTS_ONLY_GROW,
  /** What is read is delivered, and what is delivered is there. */
  READ_IS_DELIVERED_IS_THERE,
  /** A receipt that is told live was said so by its user, and only those learn it who may. */
  RECEIPT_TOLD_WAS_SAID,
  /** A receipt is refused of a message that is not there, and to who takes no part. */
  RECEIPT_REFUSED_FOR_A_REASON,
  /** A receipt that was answered reaches all devices of those who may know it. */
  RECEIPT_REACHES_DEVICES,
  /** A device that has followed what happened has what one has that begins now. */
  FOLLOWED_IS_FRESH,
  /** Every device can show everybody whom anything on it names, and shows them as they are. */
  EVERYBODY_IS_SHOWN_AS_THEY_ARE,
  /** A user is called as they last wanted. */
  LAST_NAME_IS_KEPT;

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
          case NOTHING_OUTSIDE_A_STAY -> DeliveryRules.nothingOutsideAStay(evidence);
          case NOTHING_OF_THE_BLOCKED -> DeliveryRules.nothingOfTheBlocked(evidence);
          case HANDED_TO_EVERY_LINK -> DeliveryRules.handedToEveryLink(evidence);
          case ORDERED_OR_NOTICED -> DeliveryRules.orderedOrNoticed(evidence);
          case LIVE_AND_CAUGHT_UP_IS_STORED -> DeviceRules.liveAndCaughtUpIsStored(evidence);
          case CAUGHT_UP_IS_COMPLETE -> ReadRules.caughtUpIsComplete(evidence);
          case PAGES_ARE_STABLE -> ReadRules.pagesAreStable(evidence);
          case UNREAD_IS_WHAT_IS_STORED -> ReadRules.unreadIsWhatIsStored(evidence);
          case LIST_SHOWS_THE_NEWEST -> ReadRules.listShowsTheNewest(evidence);
          case CONVERSATIONS_ARE_THOSE_LISTED -> DeviceRules.conversationsAreThoseListed(evidence);
          case CONVERSATION_WAS_MADE -> GroupRules.conversationWasMade(evidence);
          case CHANGE_IS_TOLD_ONCE -> GroupRules.changeIsToldOnce(evidence);
          case ONE_AFTER_THE_OTHER -> GroupRules.oneAfterTheOther(evidence);
          case ANSWER_IS_TRUE -> GroupRules.answerIsTrue(evidence);
          case MEMBERS_ARE_AS_TOLD -> GroupRules.membersAreAsTold(evidence);
          case JOINING_USES_AN_INVITE -> GroupRules.joiningUsesAnInvite(evidence);
          case BLOCKER_DOES_NOT_WRITE -> BlockRules.blockerDoesNotWrite(evidence);
          case BLOCK_IS_SECRET -> BlockRules.blockIsSecret(evidence);
          case BLOCKS_ARE_THOSE_MADE -> BlockRules.blocksAreThoseMade(evidence);
          case LAST_CHANGE_IS_STORED -> VersionRules.lastChangeIsStored(evidence);
          case READING_GIVES_THE_LAST -> VersionRules.readingGivesTheLast(evidence);
          case SHOWN_IS_THE_LAST_VERSION -> DeviceRules.shownIsTheLastVersion(evidence);
          case DELETED_FOR_ONESELF_IS_GONE -> VersionRules.deletedForOneselfIsGone(evidence);
          case ONLY_PARTICIPANTS_WRITE -> SendRules.onlyParticipantsWrite(evidence);
          case ANSWERED_WAS_SEEN -> ForwardRules.answeredWasSeen(evidence);
          case COPY_IS_OF_WHAT_WAS_SEEN -> ForwardRules.copyIsOfWhatWasSeen(evidence);
          case CLEARED_STAYS_AWAY -> VersionRules.clearedStaysAway(evidence);
          case RECEIPTS_ONLY_GROW -> ReceiptRules.receiptsOnlyGrow(evidence);
          case READ_IS_DELIVERED_IS_THERE -> ReceiptRules.readIsDeliveredIsThere(evidence);
          case RECEIPT_TOLD_WAS_SAID -> ReceiptRules.receiptToldWasSaid(evidence);
          case RECEIPT_REFUSED_FOR_A_REASON -> ReceiptRules.receiptRefusedForAReason(evidence);
          case RECEIPT_REACHES_DEVICES -> ReceiptRules.receiptReachesDevices(evidence);
          case FOLLOWED_IS_FRESH -> PeopleRules.followedIsFresh(evidence);
          case EVERYBODY_IS_SHOWN_AS_THEY_ARE -> PeopleRules.everybodyIsShownAsTheyAre(evidence);
          case LAST_NAME_IS_KEPT -> PeopleRules.lastNameIsKept(evidence);
        };
    return broken.map(detail -> new Violation(this, detail));
  }
}
