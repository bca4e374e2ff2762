@NullMarked
package parley.local.secrets;

import org.jspecify.annotations.NullMarked;
