/** The notes of messages that are being sent, on the stand-ins for DynamoDB. */
@NullMarked
package parley.message;

import org.jspecify.annotations.NullMarked;
