package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an ExecuteStatement wants its result.
 *
 * @param metadata with columnMetadata
 * @param asJson as formattedRecords in place of records
 * @param decimalsAsNumbers a numeric as a long or double in place of a string
 * @param longsAsStrings an integer as a string in place of a long
 */
record ResultOptions(
    boolean metadata, boolean asJson, boolean decimalsAsNumbers, boolean longsAsStrings) {
  static ResultOptions read(RdsDataRequest request) {
    JsonNode options = request.list("resultSetOptions");
    return new ResultOptions(
        request.flag("includeResultMetadata"),
        oneOf("formatRecordsAs", request.text("formatRecordsAs"), "NONE", "JSON"),
        oneOf(
            "decimalReturnType",
            options.path("decimalReturnType").asText(""),
            "STRING",
            "DOUBLE_OR_LONG"),
        oneOf("longReturnType", options.path("longReturnType").asText(""), "LONG", "STRING"));
  }

  private static boolean oneOf(String name, String value, String usual, String other) {
    if (!value.isEmpty() && !value.equals(usual) && !value.equals(other)) {
      throw RdsDataErrors.invalid(
          "Value '%s' at '%s' failed to satisfy constraint: Member must satisfy enum value set: [%s, %s]"
              .formatted(value, name, usual, other));
    }
    return value.equals(other);
  }
}
