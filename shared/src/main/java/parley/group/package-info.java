/** Groups: making and changing them, their members and their invites. */
@NullMarked
package parley.group;

import org.jspecify.annotations.NullMarked;
