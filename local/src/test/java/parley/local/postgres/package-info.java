@NullMarked
package parley.local.postgres;

import org.jspecify.annotations.NullMarked;
