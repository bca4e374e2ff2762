/**
 * The Lambda handlers, one thin class a function, and {@link parley.functions.App}, which wires
 * them.
 */
@NullMarked
package parley.functions;

import org.jspecify.annotations.NullMarked;
