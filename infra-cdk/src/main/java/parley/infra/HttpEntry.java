package parley.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnOutputProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.constructs.Construct;

/**
 * The HTTP API: one route that takes everything, because the function's own router answers what it
 * does not know with a 404 or 405 in Parley's form.
 */
final class HttpEntry extends Construct {
  /** Requests a second and at once, for a whole API; above it clients are answered 429. */
  static final ThrottleSettings THROTTLE =
      ThrottleSettings.builder().rateLimit(500).burstLimit(1000).build();

  /** Headers of the contract that a page cannot read unless they are named here (Fetch, 3.3). */
  private static final List<String> EXPOSED =
      List.of("allow", "next-cursor", "retry-after", "www-authenticate");

  private final HttpApi api;

  HttpEntry(ApiStack scope, StageContext context, ChatFunction function) {
    super(scope, "HttpApi");
    HttpApi.Builder building =
        HttpApi.Builder.create(this, "Api")
            .apiName(context.stackName("http"))
            .description("Parley: requests")
            .createDefaultStage(false)
            .disableExecuteApiEndpoint(context.isClosedBut(context.httpDomain()))
            .defaultIntegration(new HttpLambdaIntegration("Function", function.live()));
    if (!context.corsOrigins().isEmpty()) {
      building.corsPreflight(cors(context.corsOrigins()));
    }
    api = building.build();
    Accepted.of(
        api.getNode().findChild("DefaultRoute"),
        "AwsSolutions-APIG4",
        "The function's router checks the token of every route but those that give one, as API"
            + " Gateway's own authorizer knows no tokens signed with a shared secret.");
    HttpStage.Builder stage =
        HttpStage.Builder.create(this, "Stage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .throttle(THROTTLE);
    Optional<DomainName> domain =
        context.httpDomain().map(own -> own.create(scope, this, "HttpDomainTarget"));
    domain
        .map(name -> DomainMappingOptions.builder().domainName(name).build())
        .ifPresent(stage::domainMapping);
    AccessLog.http(stage.build(), context);
    String url = domain.map(name -> "https://" + name.getName()).orElseGet(api::getApiEndpoint);
    new CfnOutput(scope, "HttpUrl", CfnOutputProps.builder().value(url).build());
  }

  private static CorsPreflightOptions cors(List<String> origins) {
    return CorsPreflightOptions.builder()
        .allowOrigins(origins)
        .allowHeaders(List.of("authorization", "content-type"))
        .allowMethods(
            List.of(
                CorsHttpMethod.GET,
                CorsHttpMethod.POST,
                CorsHttpMethod.PATCH,
                CorsHttpMethod.PUT,
                CorsHttpMethod.DELETE))
        .exposeHeaders(EXPOSED)
        .maxAge(Duration.days(1))
        .build();
  }

  HttpApi api() {
    return api;
  }
}
