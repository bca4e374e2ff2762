package parley.campaign;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;

/** Searches a conversation for what everybody writes there. */
final class Search {
  /** A word that each message has until it is edited. */
  private static final String WORD = "message";

  private static final AtomicInteger SEARCHES = new AtomicInteger();

  private Search() {}

  /** Reads the first page and writes down what was found; gives whether that was answered. */
  static boolean in(String conversation, User user, History history) {
    String search = "search " + SEARCHES.incrementAndGet();
    history.add(new Entry.SearchStarted(search));
    Optional<Http.Answer> answer =
        user.http()
            .tryGet("/messages/search?q=" + WORD + "&limit=30&conversationId=" + conversation)
            .filter(found -> found.status() == 200);
    answer.ifPresent(
        found -> {
          List<Message> messages = found.body().valueStream().map(Wire::message).toList();
          history.add(new Entry.Found(search, user.id(), messages));
        });
    return answer.isPresent();
  }
}
