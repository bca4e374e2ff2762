/** What searching costs the database. */
@NullMarked
package parley.search;

import org.jspecify.annotations.NullMarked;
