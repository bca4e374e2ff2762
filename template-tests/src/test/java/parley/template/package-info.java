/** Tests of the templates that the CDK app makes. */
@NullMarked
package parley.template;

import org.jspecify.annotations.NullMarked;
