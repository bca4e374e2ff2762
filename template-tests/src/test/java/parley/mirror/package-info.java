/** What a client has that does as docs/sync.md says. */
@NullMarked
package parley.mirror;

import org.jspecify.annotations.NullMarked;
