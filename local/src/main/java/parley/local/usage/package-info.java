/** What AWS would bill for what the local runtime did, by the units of its price pages. */
@NullMarked
package parley.local.usage;

import org.jspecify.annotations.NullMarked;
