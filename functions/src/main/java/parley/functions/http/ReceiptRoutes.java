package parley.functions.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.receipt.Progress;
import parley.receipt.ReceiptService;

/** Receipts: how far somebody has got, and who has. */
public final class ReceiptRoutes extends Routes {
  private static final String PATH = "/conversations/{conversationId}/receipts";

  private final ReceiptService receipts;

  public ReceiptRoutes(ReceiptService receipts) {
    this.receipts = receipts;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "POST " + PATH,
            (me, request) ->
                HttpResponse.ok(
                    receipts.move(me, Progress.read(conversation(request), request.json())))),
        bearer.route(
            "GET " + PATH,
            (me, request) ->
                HttpResponse.ok(receipts.read(me, conversation(request), seq(request)))),
        bearer.route(
            "POST /receipts",
            (me, request) ->
                HttpResponse.ok(receipts.move(me, Progress.readSeveral(request.json())))));
  }

  private static ConversationId conversation(HttpRequest request) {
    return new ConversationId(request.pathId("conversationId"));
  }

  private static OptionalLong seq(HttpRequest request) {
    Optional<String> text = request.queryValue("seq");
    try {
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw ChatException.invalid("seq must be an integer");
    }
  }
}
