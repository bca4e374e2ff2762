/** Friend requests and friendships. */
@NullMarked
package parley.friend;

import org.jspecify.annotations.NullMarked;
