@NullMarked
package parley.local.schedule;

import org.jspecify.annotations.NullMarked;
