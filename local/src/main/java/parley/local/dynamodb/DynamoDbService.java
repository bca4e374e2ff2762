package parley.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;

/** DynamoDB's API: checks what the caller may do, and leaves the rest to DynamoDB Local. */
public final class DynamoDbService implements AwsService {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbServer server;

  public DynamoDbService(DynamoDbServer server) {
    this.server = server;
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    String target = request.headers().getOrDefault("x-amz-target", "");
    String operation = request.operation();
    if (operation.isEmpty() || !target.startsWith("DynamoDB")) {
      throw new AwsException(400, "UnknownOperationException", "X-Amz-Target names no operation");
    }
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (IOException e) {
      throw new AwsException(400, "SerializationException", "The request is no JSON");
    }
    for (TableActions.Need need : TableActions.of(operation, body)) {
      request.caller().authorize(need.action(), need.resourceArn());
    }
    return server.send(target, request.body());
  }
}
