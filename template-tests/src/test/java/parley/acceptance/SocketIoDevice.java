package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A device that runs a stock Socket.IO client, unmodified, and records what its app is told. */
abstract class SocketIoDevice implements AutoCloseable {
  /** The stock clients that are tested. */
  enum Kind {
    JAVASCRIPT("socket.io-client"),
    OLD_JAVASCRIPT("socket.io-client-old"),
    JAVA("");

    /** The client's name in package.json. */
    private final String library;

    Kind(String library) {
      this.library = library;
    }

    /** A device with this token, which connects by itself. */
    SocketIoDevice connect(Chat chat, String token) {
      return this == JAVA
          ? new JavaDevice(chat.httpUrl(), token)
          : NodeDevice.connect(library, chat.httpUrl(), token, "{}");
    }
  }

  /**
   * Something that the app was told.
   *
   * @param what connect, disconnect, connect_error, event or answer
   * @param details the event's name, the reason, or empty
   * @param data the event's first argument, or the error
   */
  record Told(String what, String details, JsonNode data) {
    boolean isEvent(String name) {
      return what.equals("event") && details.equals(name);
    }

    boolean isMessage(String content) {
      return isEvent("message:new") && data.at("/message/content").asText().equals(content);
    }
  }

  private final Recording<Told> record = new Recording<>();

  /** Emits an event and gives what its ack was called with. */
  abstract JsonNode ask(String event, Object data);

  /** Emits an event and wants no ack. */
  abstract void emit(String event, Object data);

  /** The token that the next connection is made with. */
  abstract void authenticate(String token);

  /** Connects again after the server has refused. */
  abstract void connectAgain();

  final void tell(String what, String details, JsonNode data) {
    record.add(new Told(what, details, data));
  }

  final Told await(String what, Predicate<Told> predicate) {
    return record.await(what, all -> all.stream().filter(predicate).findFirst());
  }

  /** Waits until it has connected this often. */
  final void awaitConnects(int count) {
    var _ =
        record.await(
            count + " connects",
            all -> Stream.of(all).filter(told -> count(told, "connect") >= count).findFirst());
  }

  final JsonNode awaitEvent(String name) {
    return await(name, told -> told.isEvent(name)).data();
  }

  final JsonNode awaitMessage(String content) {
    return await("the message " + content, told -> told.isMessage(content)).data();
  }

  /** How often the app was told this. */
  final long count(String what) {
    return count(record.all(), what);
  }

  final List<Told> all() {
    return record.all();
  }

  private static long count(List<Told> all, String what) {
    return all.stream().filter(told -> told.what().equals(what)).count();
  }

  @Override
  public abstract void close();
}
