/** The WebSocket API: frames in, calls of services, frames out. */
@NullMarked
package parley.functions.socket;

import org.jspecify.annotations.NullMarked;
