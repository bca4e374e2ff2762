/** What became of a request that failed. */
@NullMarked
package parley.functions.failure;

import org.jspecify.annotations.NullMarked;
