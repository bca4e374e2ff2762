/** SQL over the RDS Data API. */
@NullMarked
package parley.platform.sql;

import org.jspecify.annotations.NullMarked;
