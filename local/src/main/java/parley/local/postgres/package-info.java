/** The Postgres server that stands for the Aurora cluster. */
@NullMarked
package parley.local.postgres;

import org.jspecify.annotations.NullMarked;
