/** Lists that are read page by page. */
@NullMarked
package parley.platform.list;

import org.jspecify.annotations.NullMarked;
