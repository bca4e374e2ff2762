@NullMarked
package parley.local.lambda;

import org.jspecify.annotations.NullMarked;
