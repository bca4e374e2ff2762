/** The clients that benchmarks play: of the HTTP API and of a WebSocket. */
@NullMarked
package parley.bench.client;

import org.jspecify.annotations.NullMarked;
