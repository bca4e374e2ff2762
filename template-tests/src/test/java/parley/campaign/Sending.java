package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import parley.checker.Draft;
import parley.checker.Forward;
import parley.checker.Message;

/** What one request sends. */
sealed interface Sending {
  /** The messages that it asks for. */
  List<Draft> drafts();

  /** The route, and what is posted to it. */
  String path();

  Map<String, Object> body();

  /** The command of a socket, and its data. */
  String command();

  Map<String, Object> data();

  /** Of an answer, the messages that were asked for; what is not there is empty. */
  List<Message> messages(JsonNode answer);

  /** One message. */
  record Text(Draft draft) implements Sending {
    @Override
    public List<Draft> drafts() {
      return List.of(draft);
    }

    @Override
    public String path() {
      return "/messages";
    }

    @Override
    public Map<String, Object> body() {
      Map<String, Object> body = new HashMap<>();
      body.put("conversationId", draft.conversation());
      body.put("content", draft.content());
      body.put("clientId", draft.clientId());
      if (!draft.replyTo().isEmpty()) {
        body.put("replyTo", draft.replyTo());
      }
      return body;
    }

    @Override
    public String command() {
      return "send_message";
    }

    @Override
    public Map<String, Object> data() {
      return body();
    }

    @Override
    public List<Message> messages(JsonNode answer) {
      return List.of(Wire.message(answer.path("message")));
    }
  }

  /** Copies of a message. */
  record Copies(Forward forward) implements Sending {
    @Override
    public List<Draft> drafts() {
      return forward.drafts();
    }

    @Override
    public String path() {
      return "/messages/" + forward.message() + "/forward";
    }

    @Override
    public Map<String, Object> body() {
      return Map.of("conversationIds", forward.conversations(), "clientId", forward.clientId());
    }

    @Override
    public String command() {
      return "forward_message";
    }

    @Override
    public Map<String, Object> data() {
      Map<String, Object> data = new HashMap<>(body());
      data.put("messageId", forward.message());
      return data;
    }

    @Override
    public List<Message> messages(JsonNode answer) {
      return IntStream.range(0, forward.conversations().size())
          .mapToObj(copy -> Wire.message(withContent(answer.path(copy))))
          .toList();
    }

    /** A socket's answer has the content only as the preview, which here is never shorter. */
    private static JsonNode withContent(JsonNode copy) {
      ObjectNode message = copy.path("message").deepCopy();
      if (!message.has("content")) {
        message.set("content", copy.at("/conversation/lastMessage"));
      }
      return message;
    }
  }
}
