@NullMarked
package parley.local.rdsdata;

import org.jspecify.annotations.NullMarked;
