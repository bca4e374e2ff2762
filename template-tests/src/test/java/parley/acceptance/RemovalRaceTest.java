package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What meets the removal of a message or of a group: a transaction holds it that has removed the
 * thing and has not committed yet.
 */
@ExtendWith(SharedChat.class)
class RemovalRaceTest {
  private final Chat chat;
  private final Person ann;
  private final String conversation;

  RemovalRaceTest(Chat chat) {
    this.chat = chat;
    Friends friends = Friends.meet(chat);
    ann = friends.ann();
    conversation = friends.conversation();
  }

  @Test
  void whateverIsDoneWithAMessageThatIsBeingRemovedFindsNone() throws Exception {
    for (Marking marking :
        List.<Marking>of(
            (api, path) -> api.put(path + "/star"),
            (api, path) -> api.put(path + "/pin"),
            (api, path) -> api.put(path + "/reactions", Map.of("emojis", List.of("👍"))),
            (api, path) -> api.patch(path, Map.of("content", "edited")),
            (api, path) -> api.delete(path + "?for=me"),
            (api, path) -> api.delete(path))) {
      String message = ann.sent(conversation, "goes");

      whileRemoving(
              "delete from messages where id = '" + message + "'",
              () -> marking.of(ann.api(), "/messages/" + message))
          .mustRefuse(404, "MESSAGE_NOT_FOUND");
    }
  }

  @Test
  void aRetryOfAMessageThatIsBeingRemovedIsNotSentAgain() throws Exception {
    Map<String, String> draft =
        Map.of("conversationId", conversation, "content", "goes", "clientId", "c-1");
    String message = ann.api().post("/messages", draft).require(201).at("/message/id").asText();

    whileRemoving(
            "delete from messages where id = '" + message + "'",
            () -> ann.api().post("/messages", draft))
        .mustRefuse(410, "MESSAGE_GONE");
  }

  private interface Marking {
    Response of(Api api, String path);
  }

  @Test
  void anInviteToAGroupThatIsEndingIsNotMade() throws Exception {
    String group = Team.found(ann);

    whileRemoving(
            "delete from conversations where id = '" + group + "'",
            () -> ann.api().post("/groups/" + group + "/invites", Map.of()))
        .mustRefuse(404, "CONVERSATION_NOT_FOUND");
  }

  @Test
  void aSendDoesNotWaitForTheSweepThatRemovesWhatHasDisappeared() throws Exception {
    try (Database database = chat.openDatabase()) {
      String other = ann.sent(conversation, "goes by the send");
      String message = ann.sent(conversation, "goes");
      database.run(
          "update messages set expires_at = now() - interval '1 second' where id in ('%s', '%s')"
              .formatted(message, other));
      String sweep = database.begin();
      database.run("delete from messages where id = '" + message + "'", sweep);

      withinPatience(() -> ann.send(conversation, "next")).require(201);

      assertThat(database.run("select content from messages where id = '" + other + "'")).isEmpty();
      database.commit(sweep);
    }
  }

  @Test
  void theSweepDoesNotWaitForASendThatRemovesWhatHasDisappeared() throws Exception {
    try (Database database = chat.openDatabase()) {
      String other = ann.sent(conversation, "goes by the sweep");
      String message = ann.sent(conversation, "goes");
      database.run(
          "update messages set expires_at = now() - interval '1 second' where id in ('%s', '%s')"
              .formatted(message, other));
      String send = database.begin();
      database.run("delete from messages where id = '" + message + "'", send);

      withinPatience(
          () -> {
            chat.runScheduled(
                "SweepFunction",
                chat.clock().instant().atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant());
            return null;
          });

      assertThat(database.run("select content from messages where id = '" + other + "'")).isEmpty();
      database.commit(send);
    }
  }

  /** Runs an action that comes while something is being removed, and lets the removal end then. */
  private Response whileRemoving(String removal, Callable<Response> action) throws Exception {
    try (Database database = chat.openDatabase();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String removing = database.begin();
      database.run(removal, removing);
      Future<Response> answer = threads.submit(action);
      Eventually.await(
          "it waits for the removal",
          () ->
              answer.isDone()
                  || !database
                      .run("select state from pg_stat_activity where wait_event_type = 'Lock'")
                      .isEmpty());
      database.commit(removing);
      return answer.get();
    }
  }

  private static <T> T withinPatience(Callable<T> action)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return threads.submit(action).get(Patience.most().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      threads.shutdownNow();
    }
  }
}
