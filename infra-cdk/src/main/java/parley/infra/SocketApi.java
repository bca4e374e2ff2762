package parley.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnOutputProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.constructs.Construct;

/**
 * The WebSocket API with its one stage. It is made before the functions, which are told its
 * address, and routed to them afterwards.
 */
final class SocketApi extends Construct {
  /** The stage is part of the path that clients connect to: {@code wss://HOST/ws}. */
  private static final String STAGE = "ws";

  private final WebSocketApi api;
  private final WebSocketStage stage;

  SocketApi(ApiStack scope, StageContext context) {
    super(scope, "SocketApi");
    api =
        WebSocketApi.Builder.create(this, "Api")
            .apiName(context.stackName("socket"))
            .description("Parley: live events")
            .routeSelectionExpression("$request.body.event")
            .build();
    WebSocketStage.Builder one =
        WebSocketStage.Builder.create(this, "Stage")
            .webSocketApi(api)
            .stageName(STAGE)
            .autoDeploy(true)
            .throttle(HttpEntry.THROTTLE);
    Optional<DomainName> domain =
        context.socketDomain().map(own -> own.create(scope, this, "SocketDomainTarget"));
    domain
        .map(name -> DomainMappingOptions.builder().domainName(name).mappingKey(STAGE).build())
        .ifPresent(one::domainMapping);
    stage = one.build();
    String url = domain.map(name -> "wss://" + name.getName() + "/" + STAGE).orElse(stage.getUrl());
    new CfnOutput(scope, "WebSocketUrl", CfnOutputProps.builder().value(url).build());
  }

  WebSocketApi api() {
    return api;
  }

  /** Where connections are posted to, the stage included; no final slash. */
  String callbackUrl() {
    return stage.getCallbackUrl();
  }

  /** Routes every event to {@code socket}; {@code authorizer} decides on $connect. */
  void route(ChatFunction authorizer, ChatFunction socket) {
    // With an identity source API Gateway would refuse by itself whoever brings the token another
    // way, as browsers and Socket.IO clients must.
    WebSocketLambdaAuthorizer asked =
        WebSocketLambdaAuthorizer.Builder.create("Authorizer", authorizer.live())
            .identitySource(List.of())
            .build();
    api.addRoute("$connect", options("ConnectIntegration", socket).authorizer(asked).build());
    api.addRoute("$disconnect", options("DisconnectIntegration", socket).build());
    api.addRoute("$default", options("DefaultIntegration", socket).build());
  }

  /** Lets a function send to connections and close them. */
  void allowPostsAndCloses(ChatFunction function) {
    function.allow(
        List.of("execute-api:ManageConnections"), connections("DELETE"), connections("POST"));
  }

  /**
   * An integration of its own for each route: the permission that comes with it names one route.
   */
  private static WebSocketRouteOptions.Builder options(String id, ChatFunction socket) {
    return WebSocketRouteOptions.builder()
        .integration(new WebSocketLambdaIntegration(id, socket.live()));
  }

  private String connections(String method) {
    return Stack.of(this)
        .formatArn(
            ArnComponents.builder()
                .service("execute-api")
                .resource(api.getApiId())
                .resourceName(STAGE + "/" + method + "/@connections/*")
                .build());
  }
}
