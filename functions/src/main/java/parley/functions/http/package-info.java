/** The HTTP API: its routes, and what turns requests into calls of services and back. */
@NullMarked
package parley.functions.http;

import org.jspecify.annotations.NullMarked;
