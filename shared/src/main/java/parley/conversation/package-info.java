/** Conversations and who takes part in them. */
@NullMarked
package parley.conversation;

import org.jspecify.annotations.NullMarked;
