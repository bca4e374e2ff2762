@NullMarked
package parley.local.template;

import org.jspecify.annotations.NullMarked;
