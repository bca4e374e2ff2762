package parley.group;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import parley.conversation.ConversationRepository;
import parley.message.Message;
import parley.platform.sql.Row;
import parley.receipt.ReceiptEvent;
import parley.user.UserId;

/**
 * The receipts of people who come into a group. They have received and read all that was there, and
 * the members who were there before are told so. A member is told that a newcomer has read it only
 * if both of the two show their reading. A block between the two changes nothing: their receipts
 * stand still from here on, and an event that did not come would reveal the block.
 *
 * @param shown whether the group, with the newcomers, is small enough to show receipts
 * @param readers who shows what they have read, of newcomers and members
 */
record NewReceipts(boolean shown, Set<UserId> readers) {
  /** Those of a group that is made: nobody was there before. */
  static final NewReceipts NONE = new NewReceipts(false, Set.of());

  /**
   * The columns that {@link #from} reads, of the newcomers {@code seated (user_id)}, the members
   * from before {@code audience (user_id)}, and {@code changed (member_count)}.
   */
  static final String COLUMNS =
      """
      coalesce((select member_count <= %1$d from changed), false) as receipts_shown,
      (select string_agg(cast(u.id as text), ',') from users u
        where u.read_receipts and (select member_count <= %1$d from changed)
          and u.id in (select user_id from seated union all select user_id from audience)
      ) as receipts_readers,
      """
          .formatted(ConversationRepository.MAX_SHOWN);

  static NewReceipts from(Row row) {
    return new NewReceipts(row.flag("receipts_shown"), UserId.set(row, "receipts_readers"));
  }

  /**
   * What a member from before is told.
   *
   * @param told the system message that tells of the newcomers: they have read what came before it
   */
  List<ReceiptEvent> events(UserId viewer, Collection<UserId> newcomers, Message told) {
    if (!shown) {
      return List.of();
    }
    long seq = told.seq() - 1;
    return newcomers.stream()
        .sorted(comparing(UserId::value))
        .<ReceiptEvent>map(
            newcomer ->
                readers.contains(viewer) && readers.contains(newcomer)
                    ? new ReceiptEvent.Read(told.conversationId(), newcomer, seq)
                    : new ReceiptEvent.Delivered(told.conversationId(), newcomer, seq))
        .toList();
  }
}
