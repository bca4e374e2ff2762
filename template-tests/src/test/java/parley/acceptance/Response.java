package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** An answer of the HTTP API. */
record Response(String request, int status, HttpHeaders headers, String body) {
  /** The body of an answer that must have this status. */
  JsonNode require(int expected) {
    assertThat(status).as("%s answered %s", request, body).isEqualTo(expected);
    return json();
  }

  /** Checks that it is done and says nothing. */
  void requireDone() {
    assertThat(status + body).as(request).isEqualTo("204");
  }

  /** The rest of a query that asks for the next page; empty if this is the last one. */
  Optional<String> next() {
    return headers.firstValue("next-cursor").map(cursor -> "&cursor=" + cursor);
  }

  JsonNode json() {
    return Json.read(body);
  }

  /** The code of an error; empty if the answer is none. */
  String code() {
    return json().path("code").asText();
  }

  /** Checks that this is the contract's error with this status and code, and tells no secrets. */
  void mustRefuse(int expected, String code) {
    assertThat(status + " " + code())
        .as("%s answered %s", request, body)
        .isEqualTo(expected + " " + code);
    Refusals.checkBody(json(), expected);
  }
}
