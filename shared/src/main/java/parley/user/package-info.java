/** Users as others see them, and finding them. */
@NullMarked
package parley.user;

import org.jspecify.annotations.NullMarked;
