/** Secrets Manager: the secrets that the template generates. */
@NullMarked
package parley.local.secrets;

import org.jspecify.annotations.NullMarked;
