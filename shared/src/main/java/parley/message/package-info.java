/** Messages: sending one, and the history of a conversation. */
@NullMarked
package parley.message;

import org.jspecify.annotations.NullMarked;
