/** What the functions tell of their work: lines of JSON, with the metrics in them. */
@NullMarked
package parley.platform.log;

import org.jspecify.annotations.NullMarked;
