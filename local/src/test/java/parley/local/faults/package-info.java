@NullMarked
package parley.local.faults;

import org.jspecify.annotations.NullMarked;
