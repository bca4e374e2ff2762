/**
 * Measures the whole system as its clients see it, beside a Socket.IO server of the usual make;
 * docs/performance.md keeps the figures.
 */
@NullMarked
package parley.bench.chat;

import org.jspecify.annotations.NullMarked;
