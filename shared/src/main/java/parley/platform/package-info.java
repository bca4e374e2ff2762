/** What every feature stands on: configuration, errors, ids. */
@NullMarked
package parley.platform;

import org.jspecify.annotations.NullMarked;
