package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** A frame that a phone received. */
record Frame(JsonNode json) {
  String event() {
    return json.path("event").asText();
  }

  JsonNode data() {
    return json.path("data");
  }

  boolean is(String event) {
    return event().equals(event);
  }

  /** Whether it answers the request that had this id. */
  boolean answers(Object id) {
    return json.path("id").asText().equals(id.toString()) && (is("ack") || is("error"));
  }

  /** Whether it is {@code message:new} with this content. */
  boolean isMessage(String content) {
    return is("message:new") && data().at("/message/content").asText().equals(content);
  }

  /** The data of an acknowledgement; an error fails. */
  JsonNode acked() {
    assertThat(event()).as("%s", json).isEqualTo("ack");
    return data();
  }

  /** An error's code; empty if this is none. */
  String code() {
    return error().path("code").asText();
  }

  /** Checks that this is an error with this code that tells no secrets. */
  void mustRefuse(String code) {
    assertThat(event() + " " + code()).as("%s", json).isEqualTo("error " + code);
    Refusals.checkError(error());
  }

  /** An answer has its error beside the id; an error that answers nothing is an event with data. */
  private JsonNode error() {
    return json.has("id") ? json.path("error") : data();
  }
}
