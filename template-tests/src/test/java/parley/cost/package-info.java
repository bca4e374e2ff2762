/** What Parley costs on AWS, from counted calls, stated assumptions and AWS's prices. */
@NullMarked
package parley.cost;

import org.jspecify.annotations.NullMarked;
