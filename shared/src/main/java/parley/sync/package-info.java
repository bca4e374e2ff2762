/**
 * Catching up: {@code GET /sync} gives everything that happened for a user since a cursor.
 *
 * <p>A statement that changes what somebody sees writes to the table {@code feed} in the same
 * statement, one row for each audience and thing that changed:
 *
 * <pre>{@code
 * insert into feed (audience, type, entity) select ...
 * }</pre>
 *
 * <ul>
 *   <li>{@code audience} is a user, or what {@code participants.audience} says for all that happens
 *       in a conversation: {@code select distinct p.audience, 'MESSAGE', m.id from m join
 *       participants p on p.conversation_id = m.conversation_id}. A group too big for a row a
 *       participant sets {@code participants.shares_feed}, and nothing else changes.
 *   <li>{@code type} is a {@link parley.sync.SyncType} and {@code entity} the id of what changed.
 *       The row does not say how: a reader gets the present state, or learns that the thing is gone
 *       if the SQL that reads it does not find it for this user. So deleting, leaving, hiding and
 *       unfriending feed the same row as making.
 * </ul>
 *
 * <p>A new kind of thing is a constant of {@code SyncType}, a line in {@link
 * parley.sync.SyncService#changes}, for what a user starts with also one in {@code start}, and two
 * queries of its feature: the present state by ids, and the next page in the order of ids.
 *
 * <p>Rows are only added, never changed, so that writers do not wait for each other here; what
 * changed twice within a page is given once.
 *
 * <p>The order is that of {@code pg_current_xact_id()}, and no cursor goes past {@code
 * pg_snapshot_xmin}: every transaction below it has ended, so that no row can appear there later. A
 * transaction that runs for long delays nothing: what lies beyond it is given, again and again
 * until it has ended. A cursor between two pages of that names both rows: where to read on, and
 * where all of it begins anew after the last page. A cursor names a row that was there, never a
 * number that was only handed out: after a crash Postgres hands out again the numbers of
 * transactions that left no trace. That the row is still there also proves that the cursor is of
 * this life of the database, and not older than what has been trimmed. An imported database counts
 * its transactions from the start again. A feed row of a transaction that has not begun yet shows
 * this, and the feed is then restarted.
 */
@NullMarked
package parley.sync;

import org.jspecify.annotations.NullMarked;
