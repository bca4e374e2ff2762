/** Searching the messages of one's own conversations. */
@NullMarked
package parley.search;

import org.jspecify.annotations.NullMarked;
