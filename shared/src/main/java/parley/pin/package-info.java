/** Pinned messages: what a conversation keeps in view. */
@NullMarked
package parley.pin;

import org.jspecify.annotations.NullMarked;
