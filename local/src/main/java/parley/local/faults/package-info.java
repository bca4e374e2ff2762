/** What may go wrong between the runtime's parts, so that a test can make it go wrong. */
@NullMarked
package parley.local.faults;

import org.jspecify.annotations.NullMarked;
