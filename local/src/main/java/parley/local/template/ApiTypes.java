package parley.local.template;

import java.util.Map;
import java.util.Set;
import parley.local.template.ResourceType.Identity;

/** The resource types of API Gateway. */
final class ApiTypes {
  private ApiTypes() {}

  static void add() {
    ResourceTypes.add(
        "AWS::ApiGatewayV2::Api",
        Set.of(
            "ApiKeySelectionExpression",
            "CorsConfiguration",
            "DisableExecuteApiEndpoint",
            "Name",
            "ProtocolType",
            "RouteSelectionExpression"),
        Set.of("Description", "IpAddressType", "Tags"),
        lookup -> {
          String id = lookup.generatedId();
          String scheme = lookup.text("ProtocolType", "").equals("WEBSOCKET") ? "wss" : "https";
          String endpoint =
              "%s://%s.execute-api.%s.%s".formatted(scheme, id, Account.REGION, Account.URL_SUFFIX);
          return new Identity(id, Map.of("ApiId", id, "ApiEndpoint", endpoint));
        });
    ResourceTypes.add(
        "AWS::ApiGatewayV2::Route",
        Set.of(
            "ApiId",
            "AuthorizationScopes",
            "AuthorizationType",
            "AuthorizerId",
            "RouteKey",
            "RouteResponseSelectionExpression",
            "Target"),
        Set.of("OperationName"),
        ResourceTypes::placeholder);
    ResourceTypes.add(
        "AWS::ApiGatewayV2::Integration",
        Set.of(
            "ApiId",
            "IntegrationMethod",
            "IntegrationType",
            "IntegrationUri",
            "PayloadFormatVersion",
            "TimeoutInMillis"),
        Set.of("Description"),
        ResourceTypes::placeholder);
    ResourceTypes.add(
        "AWS::ApiGatewayV2::Stage",
        Set.of("ApiId", "AutoDeploy", "DefaultRouteSettings", "DeploymentId", "StageName"),
        Set.of("AccessLogSettings", "Description", "Tags"),
        lookup -> new Identity(lookup.text("StageName", ""), Map.of()));
    ResourceTypes.add(
        "AWS::ApiGatewayV2::Authorizer",
        Set.of(
            "ApiId",
            "AuthorizerPayloadFormatVersion",
            "AuthorizerResultTtlInSeconds",
            "AuthorizerType",
            "AuthorizerUri",
            "EnableSimpleResponses",
            "IdentitySource",
            "Name"),
        Set.of(),
        lookup -> new Identity(lookup.generatedId(), Map.of("AuthorizerId", lookup.generatedId())));
    ResourceTypes.add(
        "AWS::ApiGatewayV2::DomainName",
        Set.of("DomainName"),
        Set.of("DomainNameConfigurations", "Tags"),
        lookup ->
            new Identity(
                lookup.text("DomainName", ""),
                Map.of("RegionalDomainName", "localhost", "RegionalHostedZoneId", "none")));
  }
}
