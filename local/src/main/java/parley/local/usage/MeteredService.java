package parley.local.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;
import parley.local.aws.Callers;

/** A service whose calls by functions are counted as AWS bills them; a person's are not. */
public final class MeteredService implements AwsService {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAPACITY_WANTED = "ReturnConsumedCapacity";
  private static final String CAPACITY = "ConsumedCapacity";
  private static final Set<String> READS =
      Set.of("BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems");
  private static final Set<String> WRITES =
      Set.of("BatchWriteItem", "DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem");

  private final AwsService service;
  private final Usage usage;

  public MeteredService(AwsService service, Usage usage) {
    this.service = service;
    this.usage = usage;
  }

  @Override
  public String signingName() {
    return service.signingName();
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    if (request.caller().name().equals(Callers.USER)) {
      return service.handle(request);
    }
    return switch (signingName()) {
      case "dynamodb" -> handleDynamoDb(request);
      case "rds-data" -> {
        AwsResponse response = service.handle(request);
        usage.addBySize(
            Meter.DATA_API_REQUESTS, Math.max(request.body().length, response.body().length), 32);
        yield response;
      }
      case "execute-api" -> {
        AwsResponse response = service.handle(request);
        if (request.method().equals("POST") && response.status() == 200) {
          usage.addBySize(Meter.SOCKET_MESSAGES, request.body().length, 32);
        }
        yield response;
      }
      case "secretsmanager" -> {
        usage.add(Meter.SECRET_CALLS, 1);
        yield service.handle(request);
      }
      case "lambda" -> {
        if (request.method().equals("POST") && request.path().endsWith("/invocations")) {
          usage.add(Meter.INVOCATIONS, 1);
        }
        yield service.handle(request);
      }
      default -> service.handle(request);
    };
  }

  /** Has DynamoDB tell what it consumed, and leaves that out of an answer that did not ask. */
  private AwsResponse handleDynamoDb(AwsRequest request) {
    String operation = request.operation();
    boolean read = READS.contains(operation);
    if ((!read && !WRITES.contains(operation))
        || !(read(request.body()) instanceof ObjectNode asked)
        || asked.has(CAPACITY_WANTED)) {
      return service.handle(request);
    }
    AwsResponse response =
        service.handle(
            new AwsRequest(
                request.method(),
                request.path(),
                request.query(),
                request.headers(),
                asked.put(CAPACITY_WANTED, "TOTAL").toString().getBytes(UTF_8),
                request.caller()));
    if (!(read(response.body()) instanceof ObjectNode answer)) {
      return response;
    }
    Meter meter = read ? Meter.READ_UNITS : Meter.WRITE_UNITS;
    if (!answer.has(CAPACITY)) {
      if (hasUnmetCondition(answer)) {
        usage.add(meter, leastUnits(operation, asked));
      }
      return response;
    }
    usage.add(meter, Math.max(units(answer), leastUnits(operation, asked)));
    answer.remove(CAPACITY);
    return AwsResponse.json(response.status(), answer.toString());
  }

  /**
   * Whether AWS bills a call though it failed: "if a ConditionExpression evaluates to false,
   * DynamoDB still consumes write capacity units" ("Capacity unit consumption" in DynamoDB's
   * guide). DynamoDB Local does not tell how many; they are counted as the smallest item's.
   */
  private static boolean hasUnmetCondition(ObjectNode answer) {
    String type = answer.path("__type").asText();
    return type.endsWith("#ConditionalCheckFailedException")
        || type.endsWith("#TransactionCanceledException");
  }

  /**
   * The units of the smallest items. AWS bills the read of an item that is not there as one of 4
   * KB, and so a query that finds none, and each write of a transaction twice; DynamoDB Local does
   * not.
   */
  private static double leastUnits(String operation, ObjectNode asked) {
    if (operation.equals("Query")) {
      return unitsOf(asked);
    }
    if (operation.equals("TransactWriteItems")) {
      return 2 * asked.path("TransactItems").size();
    }
    if (WRITES.contains(operation) && !operation.equals("BatchWriteItem")) {
      return 1;
    }
    double units = 0;
    for (JsonNode table : asked.path("RequestItems")) {
      units += table.path("Keys").size() * unitsOf(table);
    }
    return units;
  }

  private static double unitsOf(JsonNode read) {
    return read.path("ConsistentRead").asBoolean() ? 1 : 0.5;
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** One object, or, of several tables, a list. */
  private static double units(ObjectNode answer) {
    JsonNode capacity = answer.path(CAPACITY);
    double units = capacity.path("CapacityUnits").asDouble();
    for (JsonNode table : capacity) {
      units += table.path("CapacityUnits").asDouble();
    }
    return units;
  }
}
