/** Starred messages: what somebody keeps for themselves, told to nobody else. */
@NullMarked
package parley.star;

import org.jspecify.annotations.NullMarked;
