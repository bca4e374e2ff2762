package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Killed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Invocation;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Short stories that together have every function do all that it ever does with AWS, each with
 * people of its own. What one tells is seen from outside: by answers, events and closed
 * connections, in the tables, in the queue of failures and in the log.
 */
final class GrantStories {
  /**
   * A story; it throws if it does not go as it should.
   *
   * @param cleaning takes away what is left when it went wrong
   */
  record Story(String name, Consumer<Chat> plot, Consumer<Chat> cleaning) {
    Story(String name, Consumer<Chat> plot) {
      this(name, plot, chat -> {});
    }

    void cleanUp(Chat chat) {
      cleaning.accept(chat);
    }

    void play(Chat chat) {
      chat.startAfresh();
      plot.accept(chat);
    }
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private GrantStories() {}

  static List<Story> all() {
    List<Story> all = new ArrayList<>();
    // Every story logs, and this one alone looks: first, so that it is asked first.
    all.add(new Story("a log line of every function", GrantStories::logs));
    for (Door door : Door.values()) {
      all.add(new Story("a message to a phone, by " + door, chat -> toPhone(chat, door)));
      all.add(new Story("one to a dead phone, by " + door, chat -> toDeadPhone(chat, door)));
      all.add(new Story("one after the token's end, by " + door, chat -> tooLate(chat, door)));
      all.add(new Story("one left to others, by " + door, chat -> left(chat, door)));
    }
    all.add(new Story("Socket.IO", GrantStories::socketIo));
    all.add(new Story("Socket.IO with a bad token", GrantStories::refused));
    all.add(new Story("a frame after the token's end", GrantStories::lateFrame));
    all.add(new Story("one left to others for a dead phone", GrantStories::leftForDead));
    all.add(new Story("one left to others as the token ends", GrantStories::leftTooLate));
    all.add(new Story("one to a phone that is not ready", GrantStories::notReady));
    all.add(new Story("one that nobody can deliver", GrantStories::deadLetter));
    all.add(
        new Story("one that reaches one of two phones", UnluckyDevice::isReachedByTheNextRound));
    all.add(new Story("a ping", GrantStories::ping));
    all.add(new Story("a client that never says who it is", GrantStories::silent));
    all.add(new Story("a phone whose end nobody told of", GrantStories::outlived));
    all.add(new Story("health", chat -> chat.api().get("/health").require(200)));
    all.add(new Story("a migration", GrantStories::migration, GrantStories::renewSchema));
    all.add(
        new Story(
            "a migration that fails", GrantStories::failingMigration, GrantStories::renewSchema));
    return all;
  }

  private static void toPhone(Chat chat, Door door) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      long notes = chat.aws().pendingSends();
      long mark = chat.ledger().mark();
      door.send(friends, "hello", Faults.NONE);
      bens.awaitMessage("hello");
      assertThat(chat.ledger().count("lambda:InvokeFunction", mark)).as("help").isZero();
      assertThat(chat.aws().pendingSends()).as("notes").isLessThanOrEqualTo(notes);
    }
  }

  private static void toDeadPhone(Chat chat, Door door) {
    Friends friends = Friends.meet(chat);
    String dead = deadPhone(friends.ben());
    chat.clock().advance(MINUTE);
    door.send(friends, "hello", Faults.NONE);
    awaitForgotten(chat, dead);
  }

  private static void tooLate(Chat chat, Door door) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = shortLived(friends.ben())) {
      chat.clock().advance(MINUTE);
      door.send(friends, "hello", Faults.NONE);
      bens.awaitClose();
    }
  }

  private static void left(Chat chat, Door door) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      door.send(friends, "hello", door.postsFail(connection(friends.ben())));
      bens.awaitMessage("hello");
    }
  }

  private static void leftForDead(Chat chat) {
    Friends friends = Friends.meet(chat);
    String dead = deadPhone(friends.ben());
    chat.clock().advance(MINUTE);
    Door.HTTP.send(friends, "hello", Door.HTTP.postsFail(dead));
    awaitForgotten(chat, dead);
  }

  private static void leftTooLate(Chat chat) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = shortLived(friends.ben())) {
      Faults posts = Door.HTTP.postsFail(connection(friends.ben()));
      Door.HTTP.send(
          friends,
          "hello",
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              if (service.equals("lambda")) {
                chat.clock().advance(MINUTE);
              }
              return posts.onCall(service, request);
            }
          });
      bens.awaitClose();
    }
  }

  private static void notReady(Chat chat) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      setReady(friends.ben(), false);
      Door.HTTP.send(friends, "hello", Faults.NONE);
      setReady(friends.ben(), true);
      bens.awaitMessage("hello");
    }
  }

  private static void setReady(Person person, boolean ready) {
    String connection = connection(person);
    Map<String, AttributeValue> item = new HashMap<>(person.chat().aws().item(person));
    Map<String, AttributeValue> entry =
        new HashMap<>(item.getOrDefault(connection, AttributeValue.fromM(Map.of())).m());
    entry.put("ready", AttributeValue.fromBool(ready));
    item.put(connection, AttributeValue.fromM(entry));
    person.chat().aws().put(item);
  }

  private static void deadLetter(Chat chat) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      assertThat(bens.isOpen()).isTrue();
      String content = "to nobody " + friends.conversation();
      Faults posts = Door.HTTP.postsFail(connection(friends.ben()));
      Faults deadly =
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              return request.caller().name().startsWith("DeliveryFunction")
                  ? new Killed(Moment.BEFORE)
                  : posts.onCall(service, request);
            }
          };
      chat.with(
          deadly,
          () -> {
            friends.ann().send(friends.conversation(), content).require(201);
            Eventually.await(
                "it is kept with the reason",
                () ->
                    chat.deadLetters().stream()
                        .anyMatch(
                            letter ->
                                letter.contains(content)
                                    && letter.contains("RetriesExhausted")
                                    && letter.contains("signal: killed")));
          });
    }
  }

  private static void socketIo(Chat chat) {
    Person ann = Person.register(chat, "Ann");
    String id;
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      id = connection(ann);
      raw.send("429[\"leave_conversation\",\"00000000-0000-7000-8000-000000000000\"]");
      raw.await("439");
    }
    awaitForgotten(chat, id);
  }

  private static void refused(Chat chat) {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      raw.send("40{\"token\":\"none\"}");
      raw.await("44");
      raw.awaitClose();
    }
  }

  private static void lateFrame(Chat chat) {
    try (Phone phone = shortLived(Person.register(chat, "Ann"))) {
      chat.clock().advance(MINUTE);
      phone.request("leave_conversation", "00000000-0000-7000-8000-000000000000");
      phone.awaitClose();
    }
  }

  private static void ping(Chat chat) {
    try (RawSocket raw = RawSocket.connected(chat, Person.register(chat, "Ann"))) {
      // Of two turns of a slot one is a ping and one is a packet that needs no answer.
      everySlot(chat, 16);
      raw.await("2");
    }
  }

  private static void silent(Chat chat) {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      chat.clock().advance(MINUTE);
      chat.runScheduled("KeepaliveFunction", chat.clock().instant());
      raw.awaitClose();
    }
  }

  private static void outlived(Chat chat) {
    String dead = deadPhone(Person.register(chat, "Ann"));
    chat.clock().advance(Duration.ofMinutes(122));
    everySlot(chat, 8);
    awaitForgotten(chat, dead);
  }

  private static void migration(Chat chat) {
    dropSchema(chat);
    migrate(chat, false);
    Person.register(chat, "Ann");
  }

  private static void failingMigration(Chat chat) {
    try (Database database = chat.openDatabase()) {
      String known =
          database.run("select checksum from schema_migrations where version = 1").getFirst();
      database.run("update schema_migrations set checksum = 'another' where version = 1");
      assertThat(migrate(chat, true)).contains("was changed after it ran");
      assertThat(
              database.run(
                  "select cast(pid as text) from pg_locks where mode = 'ExclusiveLock'"
                      + " and relation = 'schema_migrations'::regclass"))
          .as("who holds the table")
          .isEmpty();
      database.run(
          "update schema_migrations set checksum = '%s' where version = 1".formatted(known));
    }
  }

  private static void renewSchema(Chat chat) {
    dropSchema(chat);
    migrate(chat, false);
  }

  private static void dropSchema(Chat chat) {
    chat.awaitIdle();
    try (Database database = chat.openDatabase()) {
      // What a function that may not end its transaction has left; the Data API takes three
      // minutes.
      database.run(
          "select cast(pg_terminate_backend(pid) as text) from pg_stat_activity"
              + " where state like 'idle in transaction%'");
      database.run("drop schema public cascade");
      database.run("create schema public");
    }
  }

  /**
   * Runs the migration.
   *
   * @param fails whether it must
   */
  private static String migrate(Chat chat, boolean fails) {
    Invocation invocation = chat.invoke(function(chat, "MigrationFunction"), "{}");
    String answer = new String(invocation.payload(), StandardCharsets.UTF_8);
    assertThat(invocation.failed()).as(answer).isEqualTo(fails);
    return answer;
  }

  private static void logs(Chat chat) {
    int before = chat.log().size();
    try (RawSocket raw = RawSocket.connected(chat, Person.register(chat, "Ann"))) {
      assertThat(raw.isOpen()).isTrue();
      chat.runScheduled("KeepaliveFunction", chat.clock().instant());
      chat.runScheduled("SweepFunction", Instant.parse("2030-01-01T12:00:00Z"));
      migrate(chat, false);
      for (FunctionDefinition function : chat.functions()) {
        String name = function.handler().replaceFirst(".*\\.", "");
        Eventually.await(
            name + " logs a line",
            () ->
                chat.log().stream()
                    .skip(before)
                    .anyMatch(line -> line.contains("\"function\":\"" + name + "\"")));
      }
    }
  }

  private static FunctionDefinition function(Chat chat, String name) {
    return chat.functions().stream()
        .filter(function -> function.handler().endsWith("." + name))
        .findFirst()
        .orElseThrow();
  }

  /** Runs the keepalive as in the next minutes; eight of them are a turn of every slot. */
  private static void everySlot(Chat chat, int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      chat.runScheduled(
          "KeepaliveFunction", chat.clock().instant().plus(MINUTE.multipliedBy(minute)));
    }
  }

  /** A phone whose token ends within the next minute. */
  private static Phone shortLived(Person person) {
    Instant now = person.chat().clock().instant();
    String token = new TokenForge(person, now).with("exp", now.plusSeconds(30).getEpochSecond());
    return Phone.connect(person.chat().socketUrl(), token, Phone.TokenIn.HEADER);
  }

  /** The id of a connection that is gone, but which the table still has. */
  private static String deadPhone(Person person) {
    Chat chat = person.chat();
    Phone phone = person.phone();
    String id = connection(person);
    List<Map<String, AttributeValue>> items =
        chat.aws().items().stream().filter(item -> item.toString().contains(id)).toList();
    phone.close();
    awaitForgotten(chat, id);
    items.forEach(item -> chat.aws().put(item));
    return id;
  }

  private static String connection(Person person) {
    return person.chat().aws().connectionsOf(person).iterator().next();
  }

  private static void awaitForgotten(Chat chat, String connection) {
    Eventually.await(
        "the table forgets the connection",
        () -> chat.aws().items().stream().noneMatch(item -> item.toString().contains(connection)));
  }
}
