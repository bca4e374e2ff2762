/** Benchmarks of what is deployed; docs/cold-start.md keeps their figures. */
@NullMarked
package parley.bench;

import org.jspecify.annotations.NullMarked;
