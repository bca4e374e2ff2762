package parley.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;

/** Reads a conversation's history from its newest message to its first one. */
final class Walk {
  private static final int PAGE = 30;

  /** Tells walks apart. */
  private static final AtomicInteger WALKS = new AtomicInteger();

  private Walk() {}

  /** Reads and writes down what was read; gives whether every page was answered. */
  static boolean through(String conversation, User user, History history) {
    int walk = WALKS.incrementAndGet();
    history.add(new Entry.WalkStarted(walk));
    List<Message> messages = new ArrayList<>();
    List<Message> page;
    do {
      String from = messages.isEmpty() ? "" : "&cursor=" + messages.getLast().id();
      Optional<Http.Answer> answer =
          user.http()
              .tryGet("/messages?conversationId=" + conversation + "&limit=" + PAGE + from)
              .filter(found -> found.status() == 200);
      if (answer.isEmpty()) {
        return false;
      }
      page = answer.get().body().valueStream().map(Wire::message).toList();
      messages.addAll(page);
    } while (page.size() == PAGE);
    history.add(new Entry.Walked(walk, user.id(), conversation, messages));
    return true;
  }
}
