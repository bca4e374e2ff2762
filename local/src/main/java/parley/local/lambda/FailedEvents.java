package parley.local.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What reached on-failure destinations and dead-letter queues; kept in memory only. */
public final class FailedEvents {
  private final Map<String, List<String>> byQueue = new ConcurrentHashMap<>();

  void add(String queueArn, byte[] message) {
    byQueue
        .computeIfAbsent(queueArn, arn -> new CopyOnWriteArrayList<>())
        .add(new String(message, StandardCharsets.UTF_8));
  }

  /** The messages of one queue, oldest first. */
  public List<String> of(String queueArn) {
    return List.copyOf(byQueue.getOrDefault(queueArn, List.of()));
  }

  /** The messages of all queues. */
  public List<String> all() {
    return byQueue.values().stream().flatMap(List::stream).toList();
  }

  /** How many messages all queues hold. */
  public int count() {
    return byQueue.values().stream().mapToInt(List::size).sum();
  }
}
