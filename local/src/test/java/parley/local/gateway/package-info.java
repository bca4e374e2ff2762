@NullMarked
package parley.local.gateway;

import org.jspecify.annotations.NullMarked;
