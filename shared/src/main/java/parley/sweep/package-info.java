/** What must be done though nobody asks for it: once a minute. */
@NullMarked
package parley.sweep;

import org.jspecify.annotations.NullMarked;
