/**
 * Receipts: up to which seq each participant has received and read a conversation. They only grow,
 * and read &lt;= delivered &lt;= the conversation's last seq; the database holds all of it.
 *
 * <p>A receipt takes the lock of its participant's row and never the conversation's, so that it
 * delays no send. Who sends, clears the history, joins or blocks has read all that there is, in the
 * same statement.
 *
 * <p>In conversations of more than {@value parley.conversation.ConversationRepository#MAX_SHOWN}
 * members receipts are shown as counts, and only one's own devices are told: a message to a
 * thousand would be a thousand receipts to a thousand each.
 *
 * <p>Two of whom one blocks the other are not shown and not told each other's receipts any more:
 * those of the other stand still, which is what silence looks like: in a group at their own last
 * message, which the viewer sees, or above it. Who keeps their reading to themselves sees no one
 * else's.
 */
@NullMarked
package parley.receipt;

import org.jspecify.annotations.NullMarked;
