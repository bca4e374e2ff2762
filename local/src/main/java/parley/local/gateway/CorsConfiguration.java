package parley.local.gateway;

import java.util.List;

/**
 * An HTTP API's CORS setting, {@code AWS::ApiGatewayV2::Api} property {@code CorsConfiguration}.
 *
 * @param allowOrigins exact origins, {@code *}, {@code https://*} or {@code http://*}
 * @param maxAgeSeconds how long a browser may keep the preflight's answer; 0 sends no such header
 */
public record CorsConfiguration(
    List<String> allowOrigins,
    List<String> allowMethods,
    List<String> allowHeaders,
    List<String> exposeHeaders,
    boolean allowCredentials,
    int maxAgeSeconds) {
  public CorsConfiguration {
    allowOrigins = List.copyOf(allowOrigins);
    allowMethods = List.copyOf(allowMethods);
    allowHeaders = List.copyOf(allowHeaders);
    exposeHeaders = List.copyOf(exposeHeaders);
  }
}
