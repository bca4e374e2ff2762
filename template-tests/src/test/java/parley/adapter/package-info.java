/**
 * Tests of the product's AWS adapters on stand-ins for AWS: one in this JVM, LocalStack, and moto.
 */
@NullMarked
package parley.adapter;

import org.jspecify.annotations.NullMarked;
