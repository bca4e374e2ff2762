package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Connections as time goes by, on a system of its own, whose clock the tests move. */
@TestInstance(Lifecycle.PER_CLASS)
class KeepaliveTest {
  private static final Duration LONG = Duration.ofHours(5);

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @Test
  void stockClientsStayUpOver25MinutesWithoutTrafficOfTheirOwn() {
    Friends friends = Friends.meet(chat);
    List<SocketIoDevice> devices = everyKind(friends.ann().accessToken());
    try (RawSocket raw = RawSocket.connected(chat, friends.ann())) {
      chat.pass(Duration.ofMinutes(25));

      friends.ben().send(friends.conversation(), "still there?").require(201);
      for (SocketIoDevice device : devices) {
        device.awaitMessage("still there?");
        assertThat(device.count("connect")).isEqualTo(1);
        assertThat(device.count("disconnect")).isZero();
      }
      raw.await("42[\"message:new\"");
      assertThat(raw.count("2") + raw.count("6")).as("its turns").isBetween(3L, 4L);
      assertThat(raw.count("2")).isBetween(1L, 2L);
      assertThat(raw.count("42")).as("and nothing else").isEqualTo(1);
    } finally {
      devices.forEach(SocketIoDevice::close);
    }
  }

  @Test
  void clientsThatTheServerClosesNearTheirTwoHoursConnectAgainAndCatchUp() {
    Friends friends = Friends.meet(chat);
    List<SocketIoDevice> devices = everyKind(longToken(friends.ann()));
    try {
      chat.pass(Duration.ofHours(2));

      for (SocketIoDevice device : devices) {
        device.awaitConnects(2);
        assertThat(device.count("disconnect")).isEqualTo(1);
      }
      chat.api()
          .as(longToken(friends.ben()))
          .post(
              "/messages",
              Map.of("conversationId", friends.conversation(), "content", "after two hours"))
          .require(201);
      devices.forEach(device -> device.awaitMessage("after two hours"));
    } finally {
      devices.forEach(SocketIoDevice::close);
    }
  }

  /** A device with each stock client, connected. */
  private List<SocketIoDevice> everyKind(String token) {
    List<SocketIoDevice> devices =
        Stream.of(Kind.values()).map(kind -> kind.connect(chat, token)).toList();
    devices.forEach(device -> device.awaitConnects(1));
    return devices;
  }

  @ParameterizedTest
  @EnumSource(names = "JAVA", mode = EnumSource.Mode.EXCLUDE)
  void aClientThatTheGatewayClosesAsIdleConnectsAgainAndCatchesUp(Kind kind) {
    Friends friends = Friends.meet(chat);
    try (SocketIoDevice device = kind.connect(chat, friends.ann().accessToken())) {
      device.awaitConnects(1);
      // A leap in which no schedule runs.
      chat.clock().advance(Duration.ofMinutes(11));
      device.await("the close", told -> told.what().equals("disconnect"));
      friends.ben().send(friends.conversation(), "missed or not").require(201);
      device.awaitConnects(2);

      friends.ben().send(friends.conversation(), "live again").require(201);
      device.awaitMessage("live again");
      assertThat(friends.ann().contents(friends.conversation()))
          .containsExactly("live again", "missed or not");
    }
  }

  @Test
  void theJavaClientThatOverlooksTheGatewaysCloseNoticesItAtItsNextEvent() {
    Friends friends = Friends.meet(chat);
    try (SocketIoDevice device = Kind.JAVA.connect(chat, friends.ann().accessToken())) {
      device.awaitConnects(1);
      chat.clock().advance(Duration.ofMinutes(11));
      Eventually.await("it is closed", () -> chat.aws().connectionsOf(friends.ann()).isEmpty());

      Eventually.await(
          "it connects again",
          () -> {
            device.emit("leave_conversation", friends.conversation());
            return device.count("connect") == 2;
          });

      friends.ben().send(friends.conversation(), "live again").require(201);
      device.awaitMessage("live again");
    }
  }

  @Test
  void clientsWhoseTokenHasExpiredAreClosedAndComeBackWithAFreshOne() {
    Friends friends = Friends.meet(chat);
    List<SocketIoDevice> devices = everyKind(friends.ann().accessToken());
    try {
      chat.pass(Duration.ofMinutes(58));
      for (SocketIoDevice device : devices) {
        device.authenticate(longToken(friends.ann()));
        assertThat(device.count("connect")).isEqualTo(1);
      }

      chat.pass(Duration.ofMinutes(11));

      devices.forEach(device -> device.awaitConnects(2));
    } finally {
      devices.forEach(SocketIoDevice::close);
    }
  }

  /** A token good for hours, where one of an hour would end before what is tested. */
  private String longToken(Person person) {
    Instant now = chat.clock().instant();
    return new TokenForge(person, now).with("exp", now.plus(LONG).getEpochSecond());
  }

  @Test
  void anEventAfterTheTokensExpiryIsRefusedAndEndsTheConnection() {
    Person ann = Person.register(chat, "Ann");
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      keepOpenFor61Minutes(raw);
      raw.send("429[\"leave_conversation\",\"00000000-0000-7000-8000-000000000000\"]");

      assertThat(raw.await("439")).contains("\"error\":{\"code\":\"TOKEN_EXPIRED\"");
      raw.await("{}");
      raw.awaitClose();
    }
  }

  /** In leaps, so that no schedule closes it first. */
  private void keepOpenFor61Minutes(RawSocket raw) {
    for (int i = 1; i <= 7; i++) {
      chat.clock().advance(Duration.ofMinutes(8));
      raw.send(
          "42%d[\"leave_conversation\",\"00000000-0000-7000-8000-000000000000\"]".formatted(i));
      raw.await("43" + i);
    }
    chat.clock().advance(Duration.ofMinutes(5));
    raw.send("3");
  }

  @Test
  void aClientThatNeverSaysWhoItIsIsClosedAfter45Seconds() {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      chat.clock().advance(Duration.ofSeconds(44));
      assertThat(raw.isOpen()).isTrue();

      chat.pass(Duration.ofMinutes(1));

      raw.await("{}");
      raw.awaitClose();
      assertThat(chat.aws().openings()).isZero();
    }
  }

  @Test
  void anAddressHas50SuchClientsAtATimeAndTheyTakeNoPlaceFromAKnownUser() {
    Person ann = Person.register(chat, "Ann");
    URI anonymous = URI.create(chat.socketUrl() + "?EIO=4&transport=websocket");
    URI known = URI.create(anonymous + "&token=" + ann.accessToken());
    List<RawSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < 50) {
        sockets.add(RawSocket.open(chat));
      }

      assertThat(Phone.handshake(anonymous, Map.of(), List.of())).isEqualTo(429);
      assertThat(Phone.handshake(known, Map.of(), List.of())).isEqualTo(101);
      sockets.getLast().close();
      Eventually.await("there is room", () -> chat.aws().openings() < 50);
      sockets.add(RawSocket.connected(chat, ann));

      // Closes all but the one that has said who it is.
      chat.pass(Duration.ofMinutes(1));
      sockets.subList(0, 49).forEach(RawSocket::awaitClose);
      assertThat(chat.aws().openings()).isZero();
      assertThat(Phone.handshake(anonymous, Map.of(), List.of())).isEqualTo(101);
      assertThat(sockets.getLast().isOpen()).isTrue();
    } finally {
      sockets.forEach(RawSocket::close);
    }
  }

  @Test
  void aClientThatLeavesWhileItSaysWhoItIsIsForgotten() {
    Person ann = Person.register(chat, "Ann");
    RawSocket raw = RawSocket.open(chat);
    raw.await("0{");
    chat.awaitIdle();
    // The first call takes it from the openings, the second makes it the user's.
    Meanwhile meanwhile =
        new Meanwhile(
            "SocketFunction",
            2,
            () -> {
              long before = disconnects();
              raw.close();
              Eventually.await("its end is noted", () -> disconnects() > before);
            });

    chat.with(
        meanwhile,
        () -> {
          raw.send("40{\"token\":\"" + ann.accessToken() + "\"}");
          Eventually.await("it has left meanwhile", meanwhile::isDone);
          chat.awaitIdle();
        });

    assertThat(chat.aws().connectionsOf(ann)).isEmpty();
    assertThat(chat.aws().connections()).isZero();
  }

  private long disconnects() {
    return chat.log().stream().filter(line -> line.contains("\"action\":\"$disconnect\"")).count();
  }

  @Test
  void aPlainClientIsToldOnceBeforeItsTokenEndsAndKeptOpenByItselfOnly() {
    Person ann = Person.register(chat, "Ann");
    Instant connected = chat.clock().instant();
    try (Phone phone = ann.phone();
        Phone idle = ann.phone()) {
      for (int i = 0; i < 7; i++) {
        chat.pass(Duration.ofMinutes(8));
        phone.everythingSoFar();
      }
      chat.pass(Duration.ofMinutes(2));

      List<Frame> told = phone.received("connection:expiring");
      assertThat(told).hasSize(1);
      assertThat(Instant.parse(told.getFirst().data().path("closesAt").asText()))
          .isBetween(
              connected.plus(Duration.ofMinutes(59)), connected.plus(Duration.ofMinutes(61)));
      assertThat(idle.awaitClose()).isEqualTo(1001);
    }
  }

  @Test
  void aConnectionWhoseEndNobodyToldOfIsSwept() {
    Person ann = Person.register(chat, "Ann");
    Phone phone = ann.phone();
    String id = chat.aws().connectionsOf(ann).iterator().next();
    List<Map<String, AttributeValue>> items = itemsOf(id);
    assertThat(items).hasSize(2);
    phone.close();
    Eventually.await("it is gone", () -> itemsOf(id).isEmpty());
    // As if the gateway's $disconnect, which it calls at best, had been lost.
    items.forEach(item -> chat.aws().put(item));

    chat.pass(Duration.ofMinutes(122));
    chat.pass(Duration.ofMinutes(9));

    assertThat(itemsOf(id)).isEmpty();
  }

  private List<Map<String, AttributeValue>> itemsOf(String connection) {
    return chat.aws().items().stream()
        .filter(item -> item.toString().contains(connection))
        .toList();
  }
}
