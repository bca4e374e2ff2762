package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One value of a result as the Data API tells it.
 *
 * @param member the member of the Field union that holds it, {@code stringValue} for one
 */
record Field(String member, JsonNode value) {
  static final Field NULL = new Field("isNull", BooleanNode.TRUE);

  static Field text(String text) {
    return new Field("stringValue", TextNode.valueOf(text));
  }

  static Field whole(long value) {
    return new Field("longValue", JsonNodeFactory.instance.numberNode(value));
  }

  static Field fraction(double value) {
    return new Field("doubleValue", JsonNodeFactory.instance.numberNode(value));
  }

  boolean isNull() {
    return member.equals("isNull");
  }

  /** This as a member of {@code records}. */
  JsonNode typed() {
    return JsonNodeFactory.instance.objectNode().set(member, value);
  }

  /** This as a value in {@code formattedRecords}. */
  JsonNode plain() {
    if (isNull()) {
      return NullNode.getInstance();
    }
    return member.equals("arrayValue") ? value.iterator().next() : value;
  }

  /** What the value weighs against the limits of a row and of a result, in bytes. */
  int size() {
    return size(value);
  }

  private static int size(JsonNode value) {
    if (value.isBinary()) {
      try {
        return value.binaryValue().length;
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
    if (value.isValueNode()) {
      return value.asText().getBytes(StandardCharsets.UTF_8).length;
    }
    int sum = 0;
    for (JsonNode element : value) {
      sum += size(element);
    }
    return sum;
  }
}
