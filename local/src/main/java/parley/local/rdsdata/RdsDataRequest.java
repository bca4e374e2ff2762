package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/** The members of a request's JSON body, each checked for its type when it is read. */
record RdsDataRequest(JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RdsDataRequest parse(byte[] bytes) {
    try {
      JsonNode body = JSON.readTree(bytes);
      if (!body.isObject()) {
        throw RdsDataErrors.unreadable("The request is not a JSON object.");
      }
      return new RdsDataRequest(body);
    } catch (IOException malformed) {
      throw RdsDataErrors.unreadable("The request is not valid JSON.");
    }
  }

  /** A string; empty if absent. */
  String text(String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw RdsDataErrors.unreadable("The member " + name + " is not a string.");
    }
    return value.textValue();
  }

  String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw RdsDataErrors.invalid(
          "1 validation error detected: Value at '"
              + name
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value;
  }

  /** A boolean; false if absent. */
  boolean flag(String name) {
    JsonNode value = body.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw RdsDataErrors.unreadable("The member " + name + " is not a boolean.");
    }
    return value.asBoolean(false);
  }

  /** A list or structure; one without members if absent. */
  JsonNode list(String name) {
    JsonNode value = body.path(name);
    if (value.isNull()) {
      return MissingNode.getInstance();
    }
    if (value.isValueNode()) {
      throw RdsDataErrors.unreadable("The member " + name + " is not a list or structure.");
    }
    return value;
  }
}
