package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that leave in numbers; {@code -Dparley.connections=3000} makes it as many. */
@ExtendWith(SharedChat.class)
class MassDepartureTest {
  private static final int EACH = 30;
  private static final int PEOPLE =
      Math.ceilDiv(Integer.getInteger("parley.connections", 600), EACH);
  private static final int AT_ONCE = 100;

  /** The stand-in for DynamoDB writes to the disk with each change, some 60 times a second. */
  private static final Duration PATIENCE = Duration.ofMinutes(1).plusSeconds(6L * PEOPLE);

  private final Chat chat;

  MassDepartureTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void hundredsOfClientsThatVanishAtOnceAreForgottenWithoutAFault() {
    List<Phone> phones = connect();
    int before = chat.log().size();

    phones.forEach(Phone::die);
    Patience.during(
        PATIENCE,
        () ->
            Eventually.await(
                "all clients are forgotten", () -> departures(before).size() >= phones.size()));

    assertThat(departures(before)).allMatch(line -> line.contains("\"outcome\":\"OK\""));
  }

  private List<String> departures(int before) {
    List<String> log = chat.log();
    return log.subList(before, log.size()).stream()
        .filter(line -> line.contains("\"action\":\"$disconnect\""))
        .toList();
  }

  private List<Phone> connect() {
    List<Callable<Phone>> connecting =
        Stream.generate(() -> Person.register(chat, "Member"))
            .limit(PEOPLE)
            .flatMap(member -> Stream.generate(() -> (Callable<Phone>) member::phone).limit(EACH))
            .toList();
    List<Phone> phones = new ArrayList<>();
    for (int start = 0; start < connecting.size(); start += AT_ONCE) {
      int end = Math.min(start + AT_ONCE, connecting.size());
      phones.addAll(Together.run(connecting.subList(start, end)));
    }
    return phones;
  }
}
