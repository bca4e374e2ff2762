/**
 * Who is online, for friends to see. A user is while any of their devices is connected, whatever
 * their number, and was last seen when the last one went. What is told is of the moment: not in
 * {@code /sync}; a client asks {@code GET /friends/presence} when it has connected, and then takes
 * events, of which {@code version} tells the newest.
 *
 * <p>Coming online is told at once: the connection that makes the difference, by one conditional
 * write, leaves the telling to DeliveryFunction. Going offline is told by the minute's tick, 10 to
 * 70 s after the last connection has gone: a client that reconnects, as all do every hour for a
 * fresh token, is not seen to blink, and a hundred thousand reconnects tell nobody anything. A
 * function that waited these seconds would cost more than all the rest of a connection.
 *
 * <p>A lost {@code $disconnect} is found by the next post to the dead connection (a 410), or by the
 * keepalive when the connection has outlived its two hours; both take the same way offline.
 *
 * <p>A user who hides from all and a user who blocks look the same to a friend: offline and never
 * seen, told at once by the same event. docs/presence.md has more.
 */
@NullMarked
package parley.presence;

import org.jspecify.annotations.NullMarked;
