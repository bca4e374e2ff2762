package parley.local.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP API is made of, as the template describes it.
 *
 * @param apiId the API's id, part of its host name
 * @param stage the stage's name; the paths of any but {@code $default} begin with it, as on AWS
 * @param functionArnByRouteKey {@code $default}, {@code GET /path/{x}}, {@code ANY /{proxy+}}
 * @param cors null if the API has no CORS setting: the functions answer preflights themselves
 * @param throttle null for no limit
 */
public record HttpApiDefinition(
    String apiId,
    String stage,
    Map<String, String> functionArnByRouteKey,
    @Nullable CorsConfiguration cors,
    @Nullable Throttle throttle) {
  public HttpApiDefinition {
    functionArnByRouteKey = Map.copyOf(functionArnByRouteKey);
  }

  /** An API without a CORS setting and without a limit. */
  public HttpApiDefinition(String apiId, String stage, Map<String, String> functionArnByRouteKey) {
    this(apiId, stage, functionArnByRouteKey, null, null);
  }
}
