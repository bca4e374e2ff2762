package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Moving and reading receipts. */
final class Receipts {
  private Receipts() {}

  /** Two friends of whom Ann has written so much. */
  static Friends written(Chat chat, int messages) {
    Friends friends = Friends.meet(chat);
    for (int i = 1; i <= messages; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }
    return friends;
  }

  static Response move(Person by, String conversation, Map<String, ?> progress) {
    return by.api().post("/conversations/" + conversation + "/receipts", progress);
  }

  static JsonNode read(Person by, String conversation) {
    return by.api().get("/conversations/" + conversation + "/receipts").require(200);
  }

  /** What somebody is shown, by user, as {@code delivered/read}. */
  static Map<String, String> of(Person by, String conversation) {
    Map<String, String> receipts = new TreeMap<>();
    read(by, conversation)
        .path("receipts")
        .forEach(
            receipt ->
                receipts.put(
                    receipt.path("userId").asText(),
                    receipt.path("deliveredSeq").asText()
                        + "/"
                        + receipt.path("readSeq").asText()));
    return receipts;
  }
}
