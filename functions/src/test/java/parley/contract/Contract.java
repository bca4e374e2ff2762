package parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contract in {@code events/openapi.yaml} and {@code events/asyncapi.yaml}, to hold requests,
 * responses and frames against. Every check gives its violations, in words; none for what is right.
 */
public final class Contract {
  private static final String OPENAPI = "openapi.yaml";
  private static final String ASYNCAPI = "asyncapi.yaml";

  /** Which way a frame goes. */
  public enum Direction {
    FROM_CLIENT("receive"),
    TO_CLIENT("send");

    /** AsyncAPI speaks for the server. */
    private final String action;

    Direction(String action) {
      this.action = action;
    }
  }

  private final Documents documents = new Documents(OPENAPI, ASYNCAPI);

  private Contract() {}

  /** Reads the contract from the {@code events} folder of the project that the tests run in. */
  public static Contract load() {
    return new Contract();
  }

  /** Every operation as {@code "GET /users/me"}, with the names of parameters in braces. */
  public Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : openApi().at("/paths").properties()) {
      for (String method : fieldNames(path.getValue())) {
        routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    return routes;
  }

  /**
   * Checks a request's body.
   *
   * @param path a path as requested or as in the contract, with or without a query
   */
  public List<String> validateRequest(String method, String path, String body) {
    String operation =
        operation(method, path)
            .orElseThrow(() -> new IllegalArgumentException("no " + method + " " + path));
    return documents.validate(
        OPENAPI, operation + "/requestBody/content/application~1json/schema", body);
  }

  /**
   * Checks a response: its status must be listed for the route and its body must fit that status. A
   * path that the contract does not have must be answered by ROUTE_NOT_FOUND, another method on one
   * that it has by METHOD_NOT_ALLOWED. A response that lists no content must have none.
   *
   * @param path a path as requested or as in the contract, with or without a query
   */
  public List<String> validateResponse(
      String method, String path, int status, @Nullable String body) {
    String pointer;
    if (template(path).isEmpty()) {
      pointer = expected(404, status, "RouteNotFound");
    } else {
      pointer =
          operation(method, path)
              .map(operation -> operation + "/responses/" + status)
              .orElseGet(() -> expected(405, status, "MethodNotAllowed"));
    }
    JsonNode response = openApi().at(pointer);
    if (response.isMissingNode()) {
      return List.of(method + " " + path + " must not answer " + status + ": " + body);
    }
    String target = response.path("$ref").asText("#" + pointer).substring(1);
    if (!openApi().at(target).has("content")) {
      return body == null || body.isEmpty()
          ? List.of()
          : List.of(method + " " + path + " " + status + " must have no body: " + body);
    }
    return documents
        .validate(OPENAPI, target + "/content/application~1json/schema", String.valueOf(body))
        .stream()
        .map(violation -> method + " " + path + " " + status + ": " + violation)
        .toList();
  }

  /** Checks a plain frame: its event must go this way and its payload must fit the event. */
  public List<String> validateFrame(Direction direction, String frame) {
    Documents.Parsed parsed = documents.parse(frame);
    if (!parsed.violations().isEmpty()) {
      return parsed.violations();
    }
    Optional<String> event =
        Optional.of(parsed.value().path("event")).filter(JsonNode::isTextual).map(JsonNode::asText);
    List<String> violations = new ArrayList<>();
    for (String message : messages(direction)) {
      JsonNode known = asyncApi().at("/components/messages/" + message);
      boolean candidate =
          event.isPresent()
              ? event.get().equals(known.path("name").asText())
              : known.at("/payload/properties/event").isMissingNode();
      if (candidate) {
        List<String> found =
            documents.validate(ASYNCAPI, "/components/messages/" + message + "/payload", frame);
        if (found.isEmpty()) {
          return List.of();
        }
        found.forEach(violation -> violations.add(message + ": " + violation));
      }
    }
    return violations.isEmpty()
        ? List.of(direction + " has no such event: " + frame)
        : List.copyOf(violations);
  }

  /** The names of the events that go this way, answers included. */
  public Set<String> events(Direction direction) {
    return messages(direction).stream()
        .map(message -> asyncApi().at("/components/messages/" + message))
        .filter(message -> message.at("/payload/properties").has("event"))
        .map(message -> message.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The HTTP document as it stands. */
  public JsonNode openApi() {
    return documents.read(OPENAPI);
  }

  /** The socket document as it stands. */
  public JsonNode asyncApi() {
    return documents.read(ASYNCAPI);
  }

  /** Whether a text fits a schema of the HTTP document, by its JSON pointer; quick. */
  public Predicate<String> texts(String pointer) {
    return new StringSchema(openApi()).at(pointer);
  }

  /** Checks a text against any schema of the HTTP document, by its JSON pointer. */
  public List<String> validate(String pointer, String text) {
    return documents.validate(OPENAPI, pointer, text);
  }

  /** The messages of a direction's operations, those of their replies the other way. */
  Set<String> messages(Direction direction) {
    Set<String> names = new TreeSet<>();
    for (JsonNode operation : asyncApi().path("operations")) {
      boolean same = operation.path("action").asText().equals(direction.action);
      JsonNode references = same ? operation.path("messages") : operation.at("/reply/messages");
      for (JsonNode reference : references) {
        String text = reference.path("$ref").asText();
        names.add(text.substring(text.lastIndexOf('/') + 1));
      }
    }
    return names;
  }

  private static String expected(int wanted, int status, String response) {
    return status == wanted ? "/components/responses/" + response : "/none";
  }

  /** The JSON pointer of an operation. */
  private Optional<String> operation(String method, String path) {
    return template(path)
        .map(found -> "/paths/" + found.replace("/", "~1"))
        .map(pointer -> pointer + "/" + method.toLowerCase(Locale.ROOT))
        .filter(pointer -> !openApi().at(pointer).isMissingNode());
  }

  /** The path of the contract that a requested path is one of. */
  private Optional<String> template(String path) {
    String plain = path.split("\\?", 2)[0];
    return fieldNames(openApi().path("paths")).stream()
        .filter(
            template ->
                template.equals(plain) || plain.matches(template.replaceAll("\\{[^}]*}", "[^/]*")))
        .findFirst();
  }

  private static Set<String> fieldNames(JsonNode node) {
    return node.properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
