package parley.local.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;

/** Lambda's own API: Invoke, and ListFunctions for the aws command. */
public final class LambdaService implements AwsService {
  /** A request may have 6 MiB, or 1 MiB if it is asynchronous (Lambda's quotas). */
  private static final int MAX_SYNC_BYTES = 6 * 1024 * 1024;

  private static final int MAX_ASYNC_BYTES = 1024 * 1024;
  private static final Pattern INVOKE =
      Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
  private static final Pattern LIST = Pattern.compile("/2015-03-31/functions/?");
  private static final Pattern QUALIFIER = Pattern.compile("(?:^|&)Qualifier=([^&]*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FunctionHost host;

  public LambdaService(FunctionHost host) {
    this.host = host;
  }

  @Override
  public String signingName() {
    return "lambda";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    Matcher invoke = INVOKE.matcher(request.path());
    if (invoke.matches() && request.method().equals("POST")) {
      return invoke(request, decode(invoke.group(1)));
    }
    if (LIST.matcher(request.path()).matches() && request.method().equals("GET")) {
      return list(request);
    }
    throw new AwsException(
        404,
        "UnknownOperationException",
        "Of Lambda's operations there are only Invoke and ListFunctions here, not "
            + request.method()
            + " "
            + request.path());
  }

  private AwsResponse invoke(AwsRequest request, String name) {
    FunctionNames.Target target = host.find(name, qualifier(request.query()));
    request.caller().authorize("lambda:InvokeFunction", target.arn());
    String type = request.headers().getOrDefault("x-amz-invocation-type", "RequestResponse");
    byte[] event = request.body();
    checkSize(event, type.equals("Event") ? MAX_ASYNC_BYTES : MAX_SYNC_BYTES);
    byte[] payload = event.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : event;
    return switch (type) {
      case "RequestResponse" -> {
        checkJson(payload);
        Invocation invocation = host.invoke(target, payload, UUID.randomUUID().toString());
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        headers.put("X-Amz-Executed-Version", target.version());
        if (invocation.failed()) {
          headers.put("X-Amz-Function-Error", "Unhandled");
        }
        yield new AwsResponse(200, headers, invocation.payload());
      }
      case "Event" -> {
        checkJson(payload);
        host.invokeAsync(target, payload);
        yield AwsResponse.empty(202);
      }
      case "DryRun" -> AwsResponse.empty(204);
      default ->
          throw new AwsException(
              400, "InvalidParameterValueException", "Unknown invocation type " + type);
    };
  }

  private static void checkSize(byte[] event, int limit) {
    if (event.length > limit) {
      throw new AwsException(
          413,
          "RequestTooLargeException",
          "%d byte payload is too large for the invocation type (limit %d bytes)"
              .formatted(event.length, limit));
    }
  }

  private static void checkJson(byte[] event) {
    try {
      JSON.readTree(event);
    } catch (IOException e) {
      throw new AwsException(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: " + e.getMessage());
    }
  }

  private AwsResponse list(AwsRequest request) {
    request.caller().authorize("lambda:ListFunctions", "*");
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode functions = answer.putArray("Functions");
    for (FunctionDefinition function : host.definitions()) {
      functions
          .addObject()
          .put("FunctionName", function.name())
          .put("FunctionArn", function.arn())
          .put("Handler", function.handler())
          .put("Role", function.roleArn())
          .put("Timeout", function.timeout().toSeconds())
          .put("MemorySize", function.memoryMegabytes());
    }
    return AwsResponse.json(200, answer.toString());
  }

  private static @Nullable String qualifier(String query) {
    Matcher matcher = QUALIFIER.matcher(query);
    return matcher.find() ? decode(matcher.group(1)) : null;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
