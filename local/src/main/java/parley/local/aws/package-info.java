/** The AWS services' own APIs on one port, so that the SDKs and the aws command work against it. */
@NullMarked
package parley.local.aws;

import org.jspecify.annotations.NullMarked;
