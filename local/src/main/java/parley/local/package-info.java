/** The whole system on one machine, booted from the template that deploys it. */
@NullMarked
package parley.local;

import org.jspecify.annotations.NullMarked;
