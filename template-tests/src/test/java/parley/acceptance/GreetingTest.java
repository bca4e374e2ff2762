package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.Faults;

/** Lambda may run the task twice that greets a Socket.IO client. */
@ExtendWith(SharedChat.class)
class GreetingTest {
  private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

  private final Chat chat;
  private final Watch watch = new Watch();

  GreetingTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeEach
  void othersHaveGone() {
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
    chat.awaitIdle();
  }

  @Test
  void aClientThatHasAnsweredIsNotGreetedAgain() {
    watch.release();
    chat.with(
        watch,
        () -> {
          try (RawSocket raw = RawSocket.connected(chat, Person.register(chat, "Ann"))) {
            chat.awaitIdle();
            long greetings = posts();

            greetAgain();

            assertThat(posts()).isEqualTo(greetings);
            raw.send("429[\"leave_conversation\",\"%s\"]".formatted(NOWHERE));
            raw.await("439");
            assertThat(raw.count("0{")).isEqualTo(1);
          }
        });
  }

  @Test
  void aClientThatHasGoneIsNotGreetedAgain() {
    watch.release();
    chat.with(watch, () -> RawSocket.connected(chat, Person.register(chat, "Ann")).close());
    othersHaveGone();
    long posts = posts();

    greetAgain();

    assertThat(posts()).isEqualTo(posts);
  }

  /** Two such packets at once cannot be told from one that was posted twice: clients bear it. */
  @ParameterizedTest
  @EnumSource
  void aClientThatIsGreetedTwiceBeforeItCouldAnswerConnectsOnce(Kind kind) {
    Person ann = Person.register(chat, "Ann");
    chat.with(
        watch,
        () -> {
          try (SocketIoDevice device = kind.connect(chat, ann.accessToken())) {
            watch.awaitAnswer();
            greetAgain();
            watch.release();

            device.awaitConnects(1);
            device.ask("leave_conversation", NOWHERE);
            assertThat(device.count("connect")).isEqualTo(1);
            assertThat(device.count("disconnect")).isZero();
            assertThat(chat.aws().connectionsOf(ann)).hasSize(1);
          } finally {
            watch.release();
          }
        });
  }

  /** Runs the task of the last connection again. */
  private void greetAgain() {
    assertThat(chat.invoke(chat.function("DeliveryFunction"), watch.task()).failed()).isFalse();
  }

  /** How often DeliveryFunction has posted so far. */
  private long posts() {
    return chat.ledger().snapshot().stream()
        .filter(call -> call.caller().startsWith("DeliveryFunction"))
        .filter(call -> call.action().equals("execute-api:ManageConnections"))
        .count();
  }

  /** Keeps the task, and holds the answer to a CONNECT packet back until it is released. */
  private static final class Watch implements Faults {
    private final AtomicReference<String> task = new AtomicReference<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    String task() {
      String kept = task.get();
      assertThat(kept).as("the greeting's task").isNotNull();
      return kept;
    }

    void awaitAnswer() {
      Eventually.await("the client has answered", () -> answered.getCount() == 0);
    }

    void release() {
      released.countDown();
    }

    @Override
    public CallFault onCall(String service, AwsRequest request) {
      if (request.caller().name().startsWith("SocketFunction")) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        if (service.equals("lambda") && body.contains("\"greeting\"")) {
          task.set(body);
        }
        if (request.operation().equals("TransactWriteItems")) {
          answered.countDown();
          hold();
        }
      }
      return CallFault.NONE;
    }

    private void hold() {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
