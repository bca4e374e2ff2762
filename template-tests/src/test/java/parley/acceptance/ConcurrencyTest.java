package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many writers at once, and readers meanwhile. */
@ExtendWith(SharedChat.class)
class ConcurrencyTest {
  private static final int PHONES = 26;
  private static final int HTTP_SENDERS = 24;
  private static final int EACH = 2;

  private final Chat chat;

  ConcurrencyTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void fiftySendersAtOnceLeaveNoGapAndNoRepeatAndEveryConnectionGetsEachMessageOnce() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    List<Phone> phones = new ArrayList<>();
    try {
      phones.addAll(
          Together.run(
              IntStream.range(0, PHONES)
                  .mapToObj(i -> (Callable<Phone>) () -> person(friends, i).phone())
                  .toList()));
      List<Callable<List<JsonNode>>> senders = new ArrayList<>();
      for (int i = 0; i < PHONES; i++) {
        Phone phone = phones.get(i);
        String name = "phone " + i;
        senders.add(() -> repeat(name, content -> phone.say(conversation, content).acked()));
      }
      for (int i = 0; i < HTTP_SENDERS; i++) {
        Person person = person(friends, i);
        String name = "http " + i;
        senders.add(() -> repeat(name, content -> person.send(conversation, content).require(201)));
      }

      List<JsonNode> acked =
          Together.run(senders).stream()
              .flatMap(List::stream)
              .map(sent -> sent.path("message"))
              .toList();

      int total = (PHONES + HTTP_SENDERS) * EACH;
      List<Long> everySeq = LongStream.rangeClosed(1, total).boxed().toList();
      assertThat(acked)
          .extracting(ConcurrencyTest::seq)
          .containsExactlyInAnyOrderElementsOf(everySeq);
      List<JsonNode> stored = friends.ben().history(conversation);
      assertThat(stored)
          .extracting(ConcurrencyTest::seq)
          .containsExactlyElementsOf(everySeq.reversed());
      assertThat(stored).containsExactlyInAnyOrderElementsOf(acked);
      for (Phone phone : phones) {
        phone.awaitCount("message:new", total);
        phone.everythingSoFar();
        assertThat(phone.received("message:new"))
            .extracting(frame -> frame.data().path("message"))
            .containsExactlyInAnyOrderElementsOf(stored);
      }
    } finally {
      phones.forEach(Phone::close);
    }
  }

  @Test
  void pagingWhileOthersWriteNeitherSkipsNorRepeats() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    int before = 25;
    for (int i = 1; i <= before; i++) {
      friends.ann().send(conversation, "message " + i).require(201);
    }
    AtomicBoolean reading = new AtomicBoolean(true);
    Callable<List<Long>> writer =
        () -> {
          for (int i = 0; reading.get() && i < 500; i++) {
            friends.ben().send(conversation, "meanwhile " + i).require(201);
          }
          return List.of();
        };
    Callable<List<Long>> reader =
        () -> {
          try {
            return pageThrough(friends.ann(), conversation);
          } finally {
            reading.set(false);
          }
        };

    List<Long> read = Together.run(List.of(writer, writer, reader)).getLast();

    long newest = read.getFirst();
    assertThat(newest).isGreaterThanOrEqualTo(before);
    assertThat(read)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, newest).boxed().toList().reversed());
  }

  @Test
  void theNewestPageHas20MessagesUnlessTheClientSaysOtherwise() {
    Friends friends = Friends.meet(chat);
    for (int i = 1; i <= 22; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }

    assertThat(friends.ben().list("/messages?conversationId=" + friends.conversation()))
        .extracting(ConcurrencyTest::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(3, 22).boxed().toList().reversed());
    assertThat(friends.ben().list("/messages?limit=1&conversationId=" + friends.conversation()))
        .extracting(ConcurrencyTest::seq)
        .containsExactly(22L);
  }

  private static List<Long> pageThrough(Person reader, String conversation) {
    List<Long> seqs = new ArrayList<>();
    String page = "/messages?limit=4&conversationId=" + conversation;
    List<JsonNode> messages = reader.list(page);
    while (!messages.isEmpty()) {
      messages.forEach(message -> seqs.add(seq(message)));
      messages = reader.list(page + "&cursor=" + messages.getLast().path("id").asText());
    }
    return seqs;
  }

  private interface Sending {
    JsonNode send(String content);
  }

  private static List<JsonNode> repeat(String name, Sending sending) {
    return IntStream.range(0, EACH)
        .mapToObj(time -> sending.send(name + ", time " + time))
        .toList();
  }

  private static Person person(Friends friends, int index) {
    return index % 2 == 0 ? friends.ann() : friends.ben();
  }

  private static long seq(JsonNode message) {
    return message.path("seq").asLong();
  }
}
