package parley.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.Faults;

/**
 * Somebody is added to a group just after a statement of theirs found that they are not in it, and
 * before the next one asks why: they are told what was true, and not that they block somebody.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RefusalRaceTest {
  /** Does something once, before the second statement of the function that answers over HTTP. */
  private static final class Interruption implements Faults {
    private final AtomicInteger statements = new AtomicInteger();
    private volatile Runnable what = () -> {};

    void beforeTheSecondStatement(Runnable happens) {
      what = happens;
      statements.set(0);
    }

    @Override
    public CallFault onCall(String service, AwsRequest request) {
      if (service.equals("rds-data") && statements.incrementAndGet() == 2) {
        what.run();
      }
      return CallFault.NONE;
    }
  }

  private final Interruption interruption = new Interruption();
  private final Backend backend = Backend.start(system -> interruption);
  private User ann;
  private User ben;
  private String group;

  @BeforeEach
  void meet() {
    World world = new World(backend, 2, new Deadline(Duration.ofMinutes(2)));
    ann = world.users().getFirst();
    ben = world.users().getLast();
    world.open(ann, ben);
    group =
        ann.http()
            .post("/groups", Map.of("title", "Alone", "history", "ALL"))
            .require()
            .path("id")
            .asText();
  }

  @AfterAll
  void stop() {
    backend.close();
  }

  private void addBen() {
    ann.http()
        .post("/groups/" + group + "/members", Map.of("userIds", List.of(ben.id())))
        .require();
  }

  @Test
  void aMessageIsRefusedAsToWhoWasNotInTheGroup() {
    interruption.beforeTheSecondStatement(this::addBen);

    Http.Answer answer =
        ben.http().post("/messages", Map.of("conversationId", group, "content", "hello"));

    assertThat(answer.body().path("code").asText()).isEqualTo("CONVERSATION_NOT_FOUND");
  }

  @Test
  void aChangeOfAMessageIsRefusedAsToWhoDidNotSeeIt() {
    String message =
        ann.http()
            .post("/messages", Map.of("conversationId", group, "content", "hello"))
            .require()
            .at("/message/id")
            .asText();
    interruption.beforeTheSecondStatement(this::addBen);

    Http.Answer answer = ben.http().tryCall("DELETE", "/messages/" + message).orElseThrow();

    assertThat(answer.body().path("code").asText()).isEqualTo("MESSAGE_NOT_FOUND");
  }
}
