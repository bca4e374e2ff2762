package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
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
                HttpResponse.ok(
                    receipts.read(me, conversation(request), request.queryInteger("seq")))),
        bearer.route(
            "POST /receipts",
            (me, request) ->
                HttpResponse.ok(receipts.move(me, Progress.readSeveral(request.json())))));
  }

  private static ConversationId conversation(HttpRequest request) {
    return new ConversationId(request.pathId("conversationId"));
  }
}
