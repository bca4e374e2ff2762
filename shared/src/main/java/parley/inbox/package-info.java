/** How each participant keeps their conversations: settings that nobody else sees. */
@NullMarked
package parley.inbox;

import org.jspecify.annotations.NullMarked;
