package parley.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.local.gateway.CorsConfiguration;
import parley.local.gateway.HttpApiDefinition;
import parley.local.gateway.Throttle;
import parley.local.gateway.WebSocketApiDefinition;
import parley.local.template.Account;
import parley.local.template.Deployment;
import parley.local.template.InvokePermissions;
import parley.local.template.Resource;
import parley.local.template.TemplateException;

/** The gateway's APIs as the template describes them. */
final class Apis {
  private static final Pattern FUNCTION_IN_URI =
      Pattern.compile(
          "arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(.+)/invocations");

  private final Deployment deployment;
  private final InvokePermissions permissions;

  Apis(Deployment deployment) {
    this.deployment = deployment;
    this.permissions = new InvokePermissions(deployment);
  }

  HttpApiDefinition http() {
    Resource api = only("HTTP");
    Resource stage = stage(api);
    Map<String, String> functions = new LinkedHashMap<>();
    for (Resource route : parts("AWS::ApiGatewayV2::Route", api)) {
      String key = route.requireText("RouteKey");
      if (!route.text("AuthorizationType").orElse("NONE").equals("NONE")) {
        throw new TemplateException(
            route.described() + ": an HTTP route with an authorizer is not supported");
      }
      Resource integration = integration(route);
      if (!integration.text("PayloadFormatVersion").orElse("").equals("2.0")) {
        throw new TemplateException(
            integration.described() + ": only PayloadFormatVersion 2.0 is supported");
      }
      String path = key.equals("$default") ? "/$default" : "/" + key.replaceFirst(" ", "");
      String function = function(integration, "IntegrationUri");
      requirePermission(route, api, function, stage.ref() + path);
      functions.put(key, function);
    }
    return new HttpApiDefinition(api.ref(), stage.ref(), functions, cors(api), throttle(stage));
  }

  WebSocketApiDefinition webSocket() {
    Resource api = only("WEBSOCKET");
    Resource stage = stage(api);
    Map<String, WebSocketApiDefinition.Route> routes = new LinkedHashMap<>();
    for (Resource route : parts("AWS::ApiGatewayV2::Route", api)) {
      String key = route.requireText("RouteKey");
      String function = function(integration(route), "IntegrationUri");
      requirePermission(route, api, function, stage.ref() + "/" + key);
      routes.put(key, new WebSocketApiDefinition.Route(function, authorizer(route, api)));
    }
    return new WebSocketApiDefinition(
        api.ref(),
        stage.ref(),
        api.requireText("RouteSelectionExpression"),
        routes,
        throttle(stage));
  }

  private WebSocketApiDefinition.@Nullable Authorizer authorizer(Resource route, Resource api) {
    String type = route.text("AuthorizationType").orElse("NONE");
    if (type.equals("NONE")) {
      return null;
    }
    Resource authorizer =
        deployment
            .find("AWS::ApiGatewayV2::Authorizer", route.requireText("AuthorizerId"))
            .orElseThrow(() -> new TemplateException(route.described() + ": no such authorizer"));
    if (!type.equals("CUSTOM") || !authorizer.requireText("AuthorizerType").equals("REQUEST")) {
      throw new TemplateException(
          route.described() + ": only Lambda REQUEST authorizers are supported, not " + type);
    }
    String function = function(authorizer, "AuthorizerUri");
    requirePermission(authorizer, api, function, "authorizers/" + authorizer.ref());
    return new WebSocketApiDefinition.Authorizer(
        function, texts(authorizer.property("IdentitySource")));
  }

  private void requirePermission(Resource user, Resource api, String function, String path) {
    permissions.require(
        user,
        "apigateway.amazonaws.com",
        function,
        Account.arn("execute-api", api.ref() + "/" + path));
  }

  private Resource integration(Resource route) {
    String target = route.requireText("Target").replaceFirst("^integrations/", "");
    Resource integration =
        deployment
            .find("AWS::ApiGatewayV2::Integration", target)
            .orElseThrow(() -> new TemplateException(route.described() + ": no such integration"));
    if (!integration.requireText("IntegrationType").equals("AWS_PROXY")) {
      throw new TemplateException(
          integration.described() + ": only the integration type AWS_PROXY is supported");
    }
    return integration;
  }

  private static String function(Resource resource, String property) {
    String uri = resource.requireText(property);
    Matcher matcher = FUNCTION_IN_URI.matcher(uri);
    String arn = matcher.matches() ? matcher.group(1) : uri;
    if (!arn.startsWith("arn:aws:lambda:")) {
      throw new TemplateException(resource.described() + ": no function's ARN: " + uri);
    }
    return arn;
  }

  private Resource only(String protocol) {
    List<Resource> apis =
        deployment.ofType("AWS::ApiGatewayV2::Api").stream()
            .filter(api -> api.requireText("ProtocolType").equals(protocol))
            .toList();
    if (apis.size() != 1) {
      throw new TemplateException(
          "the template has %d APIs of type %s; this runtime serves one"
              .formatted(apis.size(), protocol));
    }
    return apis.getFirst();
  }

  private Resource stage(Resource api) {
    List<Resource> stages = parts("AWS::ApiGatewayV2::Stage", api);
    if (stages.size() != 1) {
      throw new TemplateException(
          "%s has %d stages; this runtime serves one".formatted(api.described(), stages.size()));
    }
    return stages.getFirst();
  }

  private List<Resource> parts(String type, Resource api) {
    return deployment.ofType(type).stream()
        .filter(part -> part.requireText("ApiId").equals(api.ref()))
        .toList();
  }

  /**
   * Who may call a deployed stage is what its context says; the approved template names an example.
   * One machine is called by pages from whichever port or device a developer serves them.
   */
  private static @Nullable CorsConfiguration cors(Resource api) {
    JsonNode cors = api.property("CorsConfiguration");
    return cors.isMissingNode()
        ? null
        : new CorsConfiguration(
            List.of("*"),
            texts(cors.path("AllowMethods")),
            texts(cors.path("AllowHeaders")),
            texts(cors.path("ExposeHeaders")),
            cors.path("AllowCredentials").asBoolean(),
            cors.path("MaxAge").asInt());
  }

  private static @Nullable Throttle throttle(Resource stage) {
    JsonNode settings = stage.property("DefaultRouteSettings");
    return settings.has("ThrottlingRateLimit") && settings.has("ThrottlingBurstLimit")
        ? new Throttle(
            settings.path("ThrottlingRateLimit").asDouble(),
            settings.path("ThrottlingBurstLimit").asInt())
        : null;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
