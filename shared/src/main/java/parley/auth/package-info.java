/** Registering, logging in and the tokens that prove it. */
@NullMarked
package parley.auth;

import org.jspecify.annotations.NullMarked;
