package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody changes their profile at the moment at which somebody else comes to see them: the one
 * waits for the other, so that the change is fed to them or read by them.
 */
@ExtendWith(SharedChat.class)
class PeopleRaceTest {
  private static final String FRIENDSHIP =
      """
      insert into friendships (id, sender_id, receiver_id, status, created_at)
      values (gen_random_uuid(), '%1$s', '%2$s', 'PENDING', now())
      """;

  private static final String BLOCK =
      "insert into blocks (blocker_id, blocked_id, created_at) values ('%2$s', '%1$s', now())";

  private static final String CONVERSATION =
      """
      with c as (
        insert into conversations (id, user_low, user_high, created_at)
        values (gen_random_uuid(), least(cast('%1$s' as uuid), cast('%2$s' as uuid)),
          greatest(cast('%1$s' as uuid), cast('%2$s' as uuid)), now())
        returning id, user_low, user_high)
      insert into participants (conversation_id, user_id)
      select id, user_low from c union all select id, user_high from c
      """;

  private static final String MEMBER =
      """
      insert into participants (conversation_id, user_id, joined_at, shares_feed)
      values ('%3$s', '%1$s', now(), true)
      """;

  private final Chat chat;
  private final Person ann;
  private final Person ben;
  private final String group;

  PeopleRaceTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
    group = Team.found(ben);
  }

  static Stream<String> waysToBeShown() {
    return Stream.of(FRIENDSHIP, BLOCK, CONVERSATION, MEMBER);
  }

  @ParameterizedTest
  @MethodSource("waysToBeShown")
  void aChangeThatBeganBeforeSomebodyIsShownThePersonIsFedToThem(String insert) throws Exception {
    try (Database database = chat.openDatabase();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String meeting = database.begin();
      database.run(insert.formatted(ann.id(), ben.id(), group), meeting);
      Future<Response> change = begun(database, threads, () -> renamed("Anna"));
      database.commit(meeting);
      change.get().require(200);

      assertThat(
              database.run(
                  """
                  select 'fed' from feed
                  where type = 'USER' and entity = '%s' and audience in ('%s', '%s')
                  """
                      .formatted(ann.id(), ben.id(), group)))
          .containsExactly("fed");
    }
  }

  @ParameterizedTest
  @MethodSource("waysToBeShown")
  void whoIsShownSomebodyWhoIsJustChangingWaitsForTheChange(String insert) throws Exception {
    try (Database database = chat.openDatabase();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String changing = database.begin();
      database.run("update users set name = 'Anna' where id = '" + ann.id() + "'", changing);
      Future<?> meeting =
          begun(database, threads, () -> database.run(insert.formatted(ann.id(), ben.id(), group)));
      assertThat(meeting.isDone()).isFalse();
      database.commit(changing);
      meeting.get();
    }
  }

  private Response renamed(String name) {
    return ann.api().patch("/users/me", Map.of("name", name));
  }

  /** Starts an action, and gives it when it waits for a lock, or has ended. */
  private static <T> Future<T> begun(
      Database database, ExecutorService threads, Callable<T> action) {
    Future<T> running = threads.submit(action);
    Eventually.await(
        "it waits for a lock",
        () ->
            running.isDone()
                || !database
                    .run("select state from pg_stat_activity where wait_event_type = 'Lock'")
                    .isEmpty());
    return running;
  }
}
