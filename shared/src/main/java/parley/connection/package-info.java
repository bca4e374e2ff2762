/** Who is connected: the table of live connections and which chat is open on each. */
@NullMarked
package parley.connection;

import org.jspecify.annotations.NullMarked;
