/**
 * What the product keeps in AWS services, tried on stand-ins for them: one that runs in this JVM,
 * and LocalStack where there is Docker.
 */
@NullMarked
package parley.adapter;

import org.jspecify.annotations.NullMarked;
