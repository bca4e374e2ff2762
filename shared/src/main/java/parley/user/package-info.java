/** Accounts as their owner and as others see them. */
@NullMarked
package parley.user;

import org.jspecify.annotations.NullMarked;
