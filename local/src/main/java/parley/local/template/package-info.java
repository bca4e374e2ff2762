/** Reads CloudFormation templates, so that what is deployed is what boots on one machine. */
@NullMarked
package parley.local.template;

import org.jspecify.annotations.NullMarked;
