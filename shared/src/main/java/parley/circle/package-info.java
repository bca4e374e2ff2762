/**
 * Whom a user is hidden from and whom their presence is shown to, kept in DynamoDB so that typing
 * and presence need not ask Postgres each time.
 *
 * <p>A circle is a copy, and Postgres is right. Nobody edits a copy: what changes a friendship, a
 * block or the setting {@code presence} drops the copies of the people concerned, and whoever needs
 * one next makes it anew from Postgres. So it is asked once or twice after a change, and once a
 * day.
 *
 * <p>What must not be shown any more is dropped before the change is stored and once more after it.
 * Each drop counts {@code version} up, and a copy is only kept if the version is still the one from
 * before Postgres was read; so a copy that was read before the change does not outlive the second
 * drop. What is left:
 *
 * <table>
 *   <caption>What a crash leaves</caption>
 *   <tr><td>a crash before the change is stored</td><td>no copy, no change</td></tr>
 *   <tr><td>a crash between the change and the second drop</td><td>no copy; or an outdated one if
 *   somebody made it in the milliseconds between the first drop and the change, for two minutes at
 *   most: so long a copy is good that was made soon after a drop</td></tr>
 *   <tr><td>DynamoDB fails at the first drop</td><td>the request fails, and nothing is changed</td></tr>
 * </table>
 *
 * <p>What widens a circle, a new friendship say, drops after the change only: until then too little
 * is shown.
 */
@NullMarked
package parley.circle;

import org.jspecify.annotations.NullMarked;
