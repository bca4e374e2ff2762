/** The public contract, as tests read it. */
@NullMarked
package parley.contract;

import org.jspecify.annotations.NullMarked;
