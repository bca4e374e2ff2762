/** Measures the statements of the hot requests; docs/performance.md keeps the figures. */
@NullMarked
package parley.bench.sql;

import org.jspecify.annotations.NullMarked;
