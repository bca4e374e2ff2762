@NullMarked
package parley.local.usage;

import org.jspecify.annotations.NullMarked;
