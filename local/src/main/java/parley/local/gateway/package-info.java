/**
 * API Gateway on one port: an HTTP API at {@code /} and a WebSocket API at {@code /<stage>}.
 *
 * <p>The way in is {@link parley.local.gateway.ApiGateway#start}:
 *
 * {@snippet lang = "java" :
 * ApiGateway gateway =
 *     ApiGateway.start(
 *         GatewayOptions.of("us-east-1", "000000000000").withPort(3000).withLog(IO::println),
 *         functions, // parley.local.lambda.Functions
 *         new HttpApiDefinition("http4parley", "$default", Map.of("$default", arn)),
 *         new WebSocketApiDefinition(
 *             "ws4parley",
 *             "ws",
 *             "$request.body.event",
 *             Map.of(
 *                 "$connect", Route.authorized(socketArn, new Authorizer(authorizerArn)),
 *                 "$default", Route.open(socketArn))));
 * AwsService executeApi = gateway.connections(); // for the port of the AWS services
 * gateway.close();
 * }
 */
@NullMarked
package parley.local.gateway;

import org.jspecify.annotations.NullMarked;
