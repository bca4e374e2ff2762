package parley.infra;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnOutputProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.aws_apigatewayv2_authorizers.WebSocketLambdaAuthorizer;
import software.amazon.awscdk.aws_apigatewayv2_integrations.WebSocketLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
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
  private final String callbackUrl;

  SocketApi(ApiStack scope, StageContext context) {
    super(scope, "SocketApi");
    api =
        WebSocketApi.Builder.create(this, "Api")
            .apiName(context.stackName("socket"))
            .description("Parley: live events")
            .routeSelectionExpression("$request.body.event")
            .build();
    boolean closed = context.isClosedBut(context.socketDomain());
    if (closed) {
      element().setDisableExecuteApiEndpoint(true);
    }
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
    AccessLog.socket(stage, context);
    Optional<String> own = domain.map(name -> name.getName() + "/" + STAGE);
    // Without its default address the API takes no posts there either (aws-sdk-net, issue 1860).
    callbackUrl =
        own.filter(name -> closed).map(name -> "https://" + name).orElseGet(stage::getCallbackUrl);
    String url = own.map(name -> "wss://" + name).orElseGet(stage::getUrl);
    new CfnOutput(scope, "WebSocketUrl", CfnOutputProps.builder().value(url).build());
  }

  WebSocketApi api() {
    return api;
  }

  /** Where connections are posted to, the stage included; no final slash. */
  String callbackUrl() {
    return callbackUrl;
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
    connected("$disconnect", options("DisconnectIntegration", socket));
    connected("$default", options("DefaultIntegration", socket));
  }

  private void connected(String key, WebSocketRouteOptions.Builder options) {
    Accepted.of(
        api.addRoute(key, options.build()),
        "AwsSolutions-APIG4",
        "API Gateway authorizes a connection once, at $connect, and takes no authorizer for any"
            + " other route; whom it let in comes along with every event.");
  }

  /** Lets a function send to connections and close them. */
  void allowPostsAndCloses(ChatFunction function) {
    function.allow(
        List.of("execute-api:ManageConnections"), connections("DELETE"), connections("POST"));
    for (String method : List.of("DELETE", "POST")) {
      function.accept(
          "Resource::" + asCdkNagWrites(method),
          "A connection has no id before it is open; the API, the stage and the method are named.");
    }
  }

  /** An ARN as cdk-nag writes it, which names parameters and resources in angle brackets. */
  private String asCdkNagWrites(String method) {
    Stack stack = Stack.of(this);
    return "arn:%s:execute-api:%s:<AWS::AccountId>:<%s>/%s/%s/@connections/*"
        .formatted(
            known(stack.getPartition(), "AWS::Partition"),
            known(stack.getRegion(), "AWS::Region"),
            stack.getLogicalId(element()),
            STAGE,
            method);
  }

  private CfnApi element() {
    return (CfnApi) requireNonNull(api.getNode().getDefaultChild());
  }

  private static String known(String value, String parameter) {
    return Token.isUnresolved(value) ? "<" + parameter + ">" : value;
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
