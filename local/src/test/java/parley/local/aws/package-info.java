@NullMarked
package parley.local.aws;

import org.jspecify.annotations.NullMarked;
