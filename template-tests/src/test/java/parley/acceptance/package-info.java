/** Boots the system from the approved template and uses it as clients do. */
@NullMarked
package parley.acceptance;

import org.jspecify.annotations.NullMarked;
