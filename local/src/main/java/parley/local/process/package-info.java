/** Functions in processes of their own, from the packaged jar, under AWS's own runtime client. */
@NullMarked
package parley.local.process;

import org.jspecify.annotations.NullMarked;
