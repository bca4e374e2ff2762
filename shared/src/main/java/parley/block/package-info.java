/**
 * Blocking. Who blocks somebody sees and hears nothing more of them: no requests, messages,
 * presence, typing or receipts, and does not find them in a search; neither adds the other to a
 * group. The blocked person finds the blocker and their profile as ever, and cannot tell the block
 * from silence: each of their requests is the same statement with the same answer.
 *
 * <p>There is no list of blocks in memory and none in a token: every statement that gives something
 * of one person to another asks the table {@code blocks} itself, so that a block holds for live
 * connections at once. Only a send cannot: it waits for the lock of its conversation, and sees the
 * other tables as they were before it waited. It reads the two flags on the conversation's row,
 * which blocking keeps in step with {@code blocks} under the same lock. So of a send and a block at
 * the same time, either the message comes first, and both keep it, or the block does, and it is
 * hidden.
 *
 * <p>A message that is hidden when it is stored stays hidden: unblocking brings back the person,
 * with the requests that wait and the friendship, but not what they wrote meanwhile.
 *
 * <p>Nothing that a blocked person does changes what the other one of the two has. A statement that
 * changes a row of both writes the blocked person's value beside the old one instead: the columns
 * {@code own_disappearing_low} and {@code own_disappearing_high} of {@code conversations}, and
 * {@code kept} of {@code messages} and of {@code reactions}. docs/features.md lists all of it.
 */
@NullMarked
package parley.block;

import org.jspecify.annotations.NullMarked;
