/** One's own account: what one says of oneself, and one's settings. */
@NullMarked
package parley.profile;

import org.jspecify.annotations.NullMarked;
