/** A migrated database, to ask Postgres how it runs what the repositories ask. */
@NullMarked
package parley.platform.sql;

import org.jspecify.annotations.NullMarked;
