@NullMarked
package parley.local.dynamodb;

import org.jspecify.annotations.NullMarked;
