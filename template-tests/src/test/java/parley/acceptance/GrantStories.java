package parley.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stories that together have every function do all that it ever does with AWS. What one tells is
 * seen from outside: by answers, events and closed connections, in the tables, in the queue of
 * failures and in the log.
 */
final class GrantStories {
  static final Duration MINUTE = Duration.ofMinutes(1);

  static final String AUTHORIZER = "AuthorizerFunction";
  static final String DELIVERY = "DeliveryFunction";
  static final String HTTP = "HttpFunction";
  static final String KEEPALIVE = "KeepaliveFunction";
  static final String MIGRATION = "MigrationFunction";
  static final String SOCKET = "SocketFunction";
  static final String SWEEP = "SweepFunction";

  private GrantStories() {}

  static List<GrantStory> all() {
    List<GrantStory> all = new ArrayList<>();
    all.addAll(DeliveryStories.all());
    all.addAll(ConnectionStories.all());
    all.addAll(FeatureStories.all());
    all.addAll(UpkeepStories.all());
    return all;
  }

  /** A phone whose token ends within the next minute. */
  static Phone shortLived(Person person) {
    Instant now = person.chat().clock().instant();
    String token = new TokenForge(person, now).with("exp", now.plusSeconds(30).getEpochSecond());
    return Phone.connect(person.chat().socketUrl(), token, Phone.TokenIn.HEADER);
  }

  /** The id of a connection that is gone, but which the table still has. */
  static String deadPhone(Person person) {
    Chat chat = person.chat();
    String id;
    List<Map<String, AttributeValue>> items;
    try (Phone _ = person.phone()) {
      id = connection(person);
      items = chat.aws().items().stream().filter(item -> item.toString().contains(id)).toList();
    }
    chat.awaitClosed();
    items.forEach(item -> chat.aws().put(item));
    return id;
  }

  /** The id of somebody's only connection. */
  static String connection(Person person) {
    return person.chat().aws().connectionsOf(person).iterator().next();
  }

  static void awaitForgotten(Chat chat, String connection) {
    Eventually.await(
        "the table forgets the connection",
        () -> chat.aws().items().stream().noneMatch(item -> item.toString().contains(connection)));
  }
}
