/** Lambda: the functions of the template, run in this JVM. */
@NullMarked
package parley.local.lambda;

import org.jspecify.annotations.NullMarked;
