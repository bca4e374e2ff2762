package parley.acceptance;

import static parley.acceptance.GrantStories.AUTHORIZER;
import static parley.acceptance.GrantStories.DELIVERY;
import static parley.acceptance.GrantStories.KEEPALIVE;
import static parley.acceptance.GrantStories.SOCKET;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import parley.acceptance.Phone.TokenIn;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Connections that open, idle and close. */
final class ConnectionStories {
  private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

  private ConnectionStories() {}

  static List<GrantStory> all() {
    return List.of(
        GrantStory.of(SOCKET, "a phone that connects and leaves", ConnectionStories::plain)
            .and(AUTHORIZER),
        GrantStory.of(SOCKET, "Socket.IO", ConnectionStories::socketIo),
        GrantStory.of(SOCKET, "Socket.IO with a bad token", ConnectionStories::refused)
            .and(DELIVERY),
        GrantStory.of(SOCKET, "a frame after the token's end", ConnectionStories::lateFrame),
        GrantStory.of(KEEPALIVE, "a ping", ConnectionStories::ping),
        GrantStory.of(KEEPALIVE, "a client that never says who it is", ConnectionStories::silent),
        GrantStory.of(KEEPALIVE, "a phone whose end nobody told of", ConnectionStories::outlived));
  }

  private static void plain(Friends friends) {
    String id;
    try (Phone phone = friends.ann().phone(TokenIn.SUBPROTOCOL)) {
      id = GrantStories.connection(friends.ann());
      phone.request("leave_conversation", NOWHERE).acked();
    }
    awaitGone(friends, id);
  }

  private static void socketIo(Friends friends) {
    String id;
    try (RawSocket raw = RawSocket.connected(friends.chat(), friends.ann())) {
      id = GrantStories.connection(friends.ann());
      raw.send("429[\"leave_conversation\",\"%s\"]".formatted(NOWHERE));
      raw.await("439");
    }
    awaitGone(friends, id);
  }

  /** The note of whoever has gone tells no connection. */
  private static void awaitGone(Friends friends, String id) {
    GrantStories.awaitForgotten(friends.chat(), id);
    Eventually.await(
        "it is noted who has gone",
        () ->
            friends.chat().aws().items().stream()
                .anyMatch(item -> partition(item).startsWith("left#")));
  }

  private static void refused(Friends friends) {
    try (RawSocket raw = RawSocket.open(friends.chat())) {
      raw.await("0{");
      raw.send("40{\"token\":\"none\"}");
      raw.await("44");
      raw.awaitClose();
    }
  }

  private static void lateFrame(Friends friends) {
    try (Phone phone = GrantStories.shortLived(friends.ann())) {
      friends.chat().clock().advance(GrantStories.MINUTE);
      phone.request("leave_conversation", NOWHERE).mustRefuse("TOKEN_EXPIRED");
      phone.awaitClose();
    }
  }

  private static void ping(Friends friends) {
    try (RawSocket raw = RawSocket.connected(friends.chat(), friends.ann())) {
      String id = GrantStories.connection(friends.ann());
      // Of two turns one is a ping, and one a packet that needs no answer.
      turn(friends.chat(), id, 0);
      turn(friends.chat(), id, 1);
      raw.await("2");
    }
  }

  private static void silent(Friends friends) {
    Chat chat = friends.chat();
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      chat.clock().advance(GrantStories.MINUTE);
      chat.runScheduled("KeepaliveFunction", chat.clock().instant());
      raw.awaitClose();
    }
  }

  private static void outlived(Friends friends) {
    Chat chat = friends.chat();
    String dead = GrantStories.deadPhone(friends.ann());
    chat.clock().advance(Duration.ofMinutes(122));
    turn(chat, dead, 0);
    GrantStories.awaitForgotten(chat, dead);
  }

  /** Runs the keepalive in a minute in which it is a connection's turn. */
  private static void turn(Chat chat, String connection, int round) {
    int slot =
        chat.aws().items().stream()
            .filter(item -> Objects.requireNonNull(item.get("sk")).s().equals(connection))
            .map(ConnectionStories::partition)
            .filter(partition -> partition.startsWith("slot#"))
            .map(partition -> Integer.parseInt(partition.substring("slot#".length())))
            .findFirst()
            .orElseThrow();
    long minute = chat.clock().instant().getEpochSecond() / 60;
    long wait = Math.floorMod(slot - minute, 8L) + 8L * round;
    chat.runScheduled(
        "KeepaliveFunction", chat.clock().instant().plus(GrantStories.MINUTE.multipliedBy(wait)));
  }

  private static String partition(Map<String, AttributeValue> item) {
    return Objects.requireNonNull(item.get("pk")).s();
  }
}
