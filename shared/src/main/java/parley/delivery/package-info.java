/** Events on their way to connections. */
@NullMarked
package parley.delivery;

import org.jspecify.annotations.NullMarked;
