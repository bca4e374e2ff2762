/** What reading the feed costs the database. */
@NullMarked
package parley.sync;

import org.jspecify.annotations.NullMarked;
