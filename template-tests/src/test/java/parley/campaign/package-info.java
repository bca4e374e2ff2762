/** Clients who chat while everything that may fail does, under the eye of the checker. */
@NullMarked
package parley.campaign;

import org.jspecify.annotations.NullMarked;
