/** Reactions: what people answer a message with, an emoji and no words. */
@NullMarked
package parley.reaction;

import org.jspecify.annotations.NullMarked;
