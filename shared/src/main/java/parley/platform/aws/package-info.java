/**
 * The only package of the product that knows AWS: its clients, and what adapts them to our needs.
 */
@NullMarked
package parley.platform.aws;

import org.jspecify.annotations.NullMarked;
