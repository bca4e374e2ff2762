package parley.local.aws;

import java.util.Map;

/**
 * A request to an AWS service.
 *
 * @param path the path as sent, still percent-encoded, without the query string
 * @param query the query string as sent, empty if there is none
 * @param headers by lower-case name
 * @param caller who signed it
 */
public record AwsRequest(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body,
    Caller caller) {
  /**
   * The operation that {@code X-Amz-Target} names, as the JSON services have it; empty if there is
   * none.
   */
  public String operation() {
    String target = headers.getOrDefault("x-amz-target", "");
    return target.substring(target.indexOf('.') + 1);
  }
}
