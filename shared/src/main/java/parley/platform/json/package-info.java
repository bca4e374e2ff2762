/** JSON in and out: strict reading of what clients send, plain writing of records. */
@NullMarked
package parley.platform.json;

import org.jspecify.annotations.NullMarked;
