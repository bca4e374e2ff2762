package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Knowledge;
import parley.checker.Link;
import parley.checker.Message;
import parley.mirror.Copy;

/**
 * A phone or a computer of a user, which keeps what it knows from link to link. It does what
 * docs/sync.md asks of a client: it connects, catches up, takes live messages in meanwhile, knows
 * messages by their id, and catches up again when a seq tells of a gap.
 */
final class Device implements Route {
  private final String name;
  private final User user;
  private final URI socketUrl;
  private final Dialect dialect;
  private final History history;
  private final Knowledge knowledge = new Knowledge();
  private final Copy copy;

  /** Held while something is written down, so that the history has the order of what is known. */
  private final ReentrantLock lock = new ReentrantLock();

  /** One catching up at a time. */
  private final ReentrantLock catchingUp = new ReentrantLock();

  /** Whether the last try to catch up failed. */
  private volatile boolean stale;

  private @Nullable String cursor;
  private @Nullable Connection connection;
  private int links;

  Device(String name, User user, URI socketUrl, Dialect dialect, History history) {
    this.name = name;
    this.user = user;
    this.copy = Holdings.copy(user);
    this.socketUrl = socketUrl;
    this.dialect = dialect;
    this.history = history;
  }

  User user() {
    return user;
  }

  private void connect() {
    lock.lock();
    try {
      if (connection != null) {
        return;
      }
      links++;
      connection = new Connection(this, new Link(user.id(), name, links), dialect);
    } finally {
      lock.unlock();
    }
    if (current().map(link -> link.open(socketUrl, user.http().token())).orElse(false)) {
      catchUp();
    }
  }

  private Optional<Connection> current() {
    lock.lock();
    try {
      return Optional.ofNullable(connection);
    } finally {
      lock.unlock();
    }
  }

  /** Loses its network. */
  void drop() {
    current().ifPresent(Connection::abort);
  }

  /** Without a link it is as if no answer came. */
  @Override
  public Attempt send(Sending sending) {
    Optional<Dialect.Frame.Answer> answer = request(sending.command(), sending.data());
    if (answer.isEmpty()) {
      return new Attempt.Unanswered();
    }
    JsonNode content = answer.get().content();
    return answer.get().succeeded()
        ? new Attempt.Acked(sending.messages(content))
        : new Attempt.Refused(content.path("code").asText());
  }

  /** Asks for something over the link. */
  Optional<Dialect.Frame.Answer> request(String event, Object data) {
    return current().flatMap(link -> link.request(event, data));
  }

  /** Whether the link is alive: everything that was posted to it before has arrived then. */
  boolean isAlive() {
    return current()
        .flatMap(link -> link.request("leave_conversation", "00000000-0000-7000-8000-000000000000"))
        .isPresent();
  }

  /** Opens a link if there is none, and catches up if something is missing. */
  void tend() {
    connect();
    if (stale || isBehind()) {
      catchUp();
    }
  }

  private boolean isBehind() {
    lock.lock();
    try {
      return !knowledge.isComplete();
    } finally {
      lock.unlock();
    }
  }

  /** Reads all pages of what happened; gives whether that succeeded. */
  boolean catchUp() {
    catchingUp.lock();
    try {
      stale = false;
      start();
      List<Message> messages = new ArrayList<>();
      Set<String> gone = new LinkedHashSet<>();
      List<Entry> listed = new ArrayList<>();
      List<JsonNode> pages = new ArrayList<>();
      // Kept only together with what was given up to it.
      @Nullable String position = cursor;
      boolean hasMore = true;
      while (hasMore) {
        Optional<JsonNode> page = page(position);
        if (page.isEmpty()) {
          stale = true;
          return false;
        }
        for (JsonNode item : page.get().path("items")) {
          JsonNode data = item.path("data");
          switch (item.path("type").asText()) {
            case "MESSAGE" -> {
              if (item.has("data")) {
                messages.add(Wire.message(data));
                gone.remove(item.path("id").asText());
              } else {
                gone.add(item.path("id").asText());
              }
            }
            case "CONVERSATION" -> {
              listed.add(
                  new Entry.Listed(
                      user.id(),
                      name,
                      item.path("id").asText(),
                      item.has("data"),
                      data.path("visibleFromSeq").asLong()));
              Wire.otherReceipt(name, user.id(), data).forEach(listed::add);
            }
            case "RECEIPT" -> Wire.receipts(name, user.id(), data).forEach(listed::add);
            default -> {}
          }
        }
        pages.add(page.get());
        if (page.get().path("reset").asBoolean()) {
          listed.add(new Entry.StartedOver(name));
        }
        position = page.get().path("cursor").asText();
        hasMore = page.get().path("hasMore").asBoolean();
      }
      lock.lock();
      try {
        cursor = position;
        pages.forEach(copy::apply);
        knowledge.finishCatchingUp(messages);
        listed.forEach(history::add);
        history.add(new Entry.CaughtUp(user.id(), name, messages));
        gone.forEach(message -> history.add(new Entry.Dropped(user.id(), name, message)));
      } finally {
        lock.unlock();
      }
      return true;
    } finally {
      catchingUp.unlock();
    }
  }

  /**
   * Opens a group: reads its receipts, which the device keeps from then on by catching up. Not
   * while it catches up, because a page that was asked for before is older.
   */
  void open(String group) {
    catchingUp.lock();
    try {
      if (has(group)) {
        Holdings.receipts(user, group).ifPresent(receipts -> keep(group, receipts));
      }
    } finally {
      catchingUp.unlock();
    }
  }

  private boolean has(String group) {
    lock.lock();
    try {
      return Holdings.hasGroup(copy, group);
    } finally {
      lock.unlock();
    }
  }

  private void keep(String group, JsonNode receipts) {
    lock.lock();
    try {
      copy.put("RECEIPT", group, receipts);
    } finally {
      lock.unlock();
    }
  }

  /** What it has, once it has caught up. */
  Entry.Held held() {
    return Holdings.of(copy, user, name, false);
  }

  private Optional<JsonNode> page(@Nullable String position) {
    String from =
        position == null ? "" : "&cursor=" + URLEncoder.encode(position, StandardCharsets.UTF_8);
    return user.http()
        .tryGet("/sync?limit=100" + from)
        .filter(answer -> answer.status() == 200)
        .map(Http.Answer::body);
  }

  /** Notes that the handshake succeeded; gives whether the link is still wanted. */
  boolean opened(Connection link) {
    lock.lock();
    try {
      if (connection != link) {
        return false;
      }
      history.add(new Entry.Connected(link.link()));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes in an event that came over a link; one of a link that is looked at no more does not
   * count. That a conversation is gone is looked up, as it may be there again.
   */
  void told(Connection link, Dialect.Frame.Event event) {
    lock.lock();
    try {
      if (connection != link) {
        return;
      }
      switch (event.name()) {
        case "message:new" -> received(link.link(), Wire.message(event.data().path("message")));
        case "message:updated" ->
            history.add(new Entry.Updated(link.link(), Wire.message(event.data().path("message"))));
        case "message:hidden" ->
            history.add(
                new Entry.Dropped(user.id(), name, event.data().path("messageId").asText()));
        case "conversation:removed" -> stale = true;
        case "user:updated" -> copy.learn(event.data());
        default -> {
          Wire.receipt(link.link(), event).ifPresent(history::add);
          Wire.block(user.id(), event)
              .ifPresent(change -> history.add(new Entry.BlockNoticed(link.link(), change)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void received(Link link, Message message) {
    history.add(new Entry.Received(link, message));
    if (knowledge.jumps(message)) {
      history.add(new Entry.GapNoticed(link, message));
    }
    knowledge.add(message);
  }

  void closed(Connection link) {
    lock.lock();
    try {
      if (connection == link) {
        connection = null;
        history.add(new Entry.Closed(link.link()));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private void start() {
    lock.lock();
    try {
      knowledge.startCatchingUp();
      history.add(new Entry.CatchUpStarted(name));
    } finally {
      lock.unlock();
    }
  }
}
