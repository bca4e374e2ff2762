/** DynamoDB: AWS's DynamoDB Local in this JVM, behind the one front door. */
@NullMarked
package parley.local.dynamodb;

import org.jspecify.annotations.NullMarked;
