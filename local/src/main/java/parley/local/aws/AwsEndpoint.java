package parley.local.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All AWS services of this machine, whichever transport a request comes by. A request goes to the
 * service that it was signed for; the service of an unsigned request is told by its target or path.
 */
public final class AwsEndpoint {
  /** The largest request of any service is DynamoDB's, 16 MiB. */
  static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  private final Map<String, AwsService> services = new ConcurrentHashMap<>();
  private final Callers callers;
  private final Consumer<Throwable> onFault;

  /**
   * @param onFault told of exceptions that are no {@link AwsException}: faults of this runtime,
   *     which callers see as InternalFailure
   */
  public AwsEndpoint(Callers callers, Consumer<Throwable> onFault) {
    this.callers = callers;
    this.onFault = onFault;
  }

  /** Adds a service; a request for it may come from now on. */
  public void add(AwsService service) {
    services.put(service.signingName(), service);
  }

  /**
   * Answers a request, every error included, as the services do over HTTP.
   *
   * @param path the path as sent, still percent-encoded
   * @param query the query string as sent, empty if there is none
   * @param headers by lower-case name; several values of one name are joined by commas
   */
  AwsResponse answer(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    AwsResponse answer;
    try {
      answer = handle(method, path, query, headers, body);
    } catch (AwsException e) {
      answer = error(e);
    } catch (RuntimeException e) {
      onFault.accept(e);
      answer =
          error(new AwsException(500, "InternalFailure", "a fault of the local runtime: " + e));
    }
    Map<String, String> withId = new HashMap<>(answer.headers());
    withId.put("x-amzn-RequestId", UUID.randomUUID().toString());
    return new AwsResponse(answer.status(), withId, answer.body());
  }

  private AwsResponse handle(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    if (body.length > MAX_BODY_BYTES) {
      throw new AwsException(
          413, "RequestEntityTooLargeException", "No service takes more than 16 MiB");
    }
    Signature signature = Signature.read(headers.get("authorization"), query);
    AwsService service = service(signature, headers.get("x-amz-target"), path);
    Caller caller = callers.find(signature == null ? null : signature.accessKey());
    return service.handle(new AwsRequest(method, path, query, headers, body, caller));
  }

  private AwsService service(@Nullable Signature signature, @Nullable String target, String path) {
    String name = signature == null ? Signature.guess(target, path) : signature.service();
    if (name == null) {
      throw new AwsException(
          400,
          "MissingAuthenticationTokenException",
          "The request is not signed, and neither its X-Amz-Target nor its path tells for which"
              + " service it is");
    }
    AwsService service = services.get(name);
    if (service == null) {
      throw new AwsException(
          400,
          "UnknownServiceException",
          "There is no service " + name + " here, only " + new TreeSet<>(services.keySet()));
    }
    return service;
  }

  private static AwsResponse error(AwsException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", e.code())
            .put("message", message)
            .toString();
    AwsResponse response = AwsResponse.json(e.status(), body);
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put("x-amzn-ErrorType", e.code());
    return new AwsResponse(e.status(), headers, response.body());
  }
}
