package parley.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An AWS service's response. */
public record AwsResponse(int status, Map<String, String> headers, byte[] body) {
  public static AwsResponse json(int status, String body) {
    return new AwsResponse(
        status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  public static AwsResponse empty(int status) {
    return new AwsResponse(status, Map.of(), new byte[0]);
  }
}
