/** EventBridge's schedules: functions that are invoked as time goes by. */
@NullMarked
package parley.local.schedule;

import org.jspecify.annotations.NullMarked;
