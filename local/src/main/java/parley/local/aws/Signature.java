package parley.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Signature Version 4 says about its request.
 *
 * @param service the service's name in the credential scope
 */
record Signature(String accessKey, String service) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/[^/,\\s]+/([^/,\\s]+)/aws4_request");

  /** The signature in the Authorization header or, of a presigned request, in the query string. */
  static @Nullable Signature read(@Nullable String authorization, String query) {
    Matcher matcher = CREDENTIAL.matcher(authorization == null ? "" : authorization);
    if (!matcher.find()) {
      matcher = CREDENTIAL.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
      if (!matcher.find()) {
        return null;
      }
    }
    return new Signature(matcher.group(1), matcher.group(2));
  }

  /** The service that an unsigned request is for; null if nothing tells. */
  static @Nullable String guess(@Nullable String target, String path) {
    String operation = target == null ? "" : target;
    if (operation.startsWith("DynamoDB")) {
      return "dynamodb";
    }
    if (operation.startsWith("secretsmanager.")) {
      return "secretsmanager";
    }
    if (path.startsWith("/2015-03-31/functions")) {
      return "lambda";
    }
    if (path.contains("/@connections") || path.contains("/%40connections")) {
      return "execute-api";
    }
    return switch (path) {
      case "/Execute",
          "/BatchExecute",
          "/BeginTransaction",
          "/CommitTransaction",
          "/RollbackTransaction" ->
          "rds-data";
      default -> null;
    };
  }
}
