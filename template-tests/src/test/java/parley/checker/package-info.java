/** Judges what clients saw of a run: whether the promises about messages were kept. */
@NullMarked
package parley.checker;

import org.jspecify.annotations.NullMarked;
