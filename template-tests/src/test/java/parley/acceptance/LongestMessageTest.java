package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.local.usage.Meter;

/**
 * Pages of messages that are as big as messages get: the longest content, in characters that JSON
 * writes in six, twenty mentions, twenty different reactions of the longest emojis, and a sender
 * with the longest name and picture. The Data API answers 1 MiB at most.
 */
@ExtendWith(SharedChat.class)
class LongestMessageTest {
  private static final int MANY = 120;

  /** A kiss of two with different colours of skin, the longest emoji that there is. */
  private static final List<String> KISSES =
      IntStream.range(0, 25)
          .filter(pair -> pair / 5 != pair % 5)
          .mapToObj(
              pair -> "🧑" + skin(pair / 5) + "\u200d❤\ufe0f\u200d💋\u200d🧑" + skin(pair % 5))
          .toList();

  private final Person ann;
  private final Person ben;
  private final Team team;
  private final Chat chat;

  LongestMessageTest(Chat chat) {
    this.chat = chat;
    team = Team.meet(chat);
    ann = team.ann();
    ben = team.ben();
  }

  @Test
  void everyPageOfThemIsAnswered() {
    Mirror anns = new Mirror(ann);
    anns.catchUp(100);
    team.crowd(17);
    write(team.id());
    run(
        """
        insert into pins (conversation_id, keeper, message_id, pinned_by, pinned_at)
        select conversation_id, conversation_id, id, sender_id, created_at
        from messages where conversation_id = '%1$s' and kind = 'TEXT' order by seq limit 30
        """
            .formatted(team.id()));
    run(
        """
        with starred as (
          insert into stars (user_id, message_id, starred_at)
          select '%2$s', id, now() from messages where conversation_id = '%1$s' and kind = 'TEXT'
          returning message_id
        )
        insert into feed (audience, type, entity)
        select cast('%1$s' as uuid), 'MESSAGE', message_id from starred
        union all select cast('%2$s' as uuid), 'STAR', message_id from starred
        union all select cast('%1$s' as uuid), 'PIN', message_id
        from pins where conversation_id = '%1$s'
        """
            .formatted(team.id(), ann.id()));

    run(
        """
        update users set name = repeat('🙂', 100), about_me = repeat('🙂', 500),
          profile_image = 'https://example.org/' || repeat('x', 1004),
          handle = 'h' || right(translate(cast(id as text), '-', ''), 29)
        where id in (select user_id from participants where conversation_id = '%s')
        """
            .formatted(team.id()));
    mustBeWhole("/messages?limit=100&conversationId=" + team.id(), "", 100);
    // Whatever one statement reads at most: a page of just so many has it in one answer.
    for (int limit = 30; limit <= 45; limit++) {
      mustBeWhole("/messages?limit=" + limit + "&conversationId=" + team.id(), "", limit);
    }
    mustBeWhole("/messages/starred?limit=30", "", 30);
    mustBeWhole("/messages/search?q=fish&limit=30", "", 30);
    mustBeWhole("/conversations/" + team.id() + "/pins", "/message", 30);
    answersMustFit(() -> anns.catchUp(100));
    anns.mustBeUpToDate();
    Mirror fresh = new Mirror(ann);
    answersMustFit(() -> fresh.catchUp(100));
    fresh.mustBeUpToDate();
  }

  /** Who pins for themselves alone, time and again, has more than a conversation takes at once. */
  @Test
  void allPinsAreListedAlsoOfWhoHasMoreThanAreTakenAtOnce() {
    ben.befriend(team.cem());
    String conversation = ben.converse(team.cem());
    write(conversation);
    run(
        """
        insert into pins (conversation_id, keeper, message_id, pinned_by, pinned_at)
        select conversation_id, '%2$s', id, '%2$s', date_trunc('minute', created_at)
        from messages where conversation_id = '%1$s' order by seq limit 90
        """
            .formatted(conversation, ben.id()));

    List<JsonNode> pins = new ArrayList<>();
    answersMustFit(() -> pins.addAll(ben.all("/conversations/" + conversation + "/pins")));

    assertThat(pins.stream().map(pinned -> pinned.at("/message/id").asText()).distinct())
        .hasSize(90);
  }

  private void mustBeWhole(String path, String message, int count) {
    List<JsonNode> found = new ArrayList<>();
    answersMustFit(() -> found.addAll(ann.list(path)));
    assertThat(found.stream().map(item -> item.at(message)))
        .hasSize(count)
        .allSatisfy(
            shown -> {
              assertThat(shown.path("content").asText()).hasSize(4_000);
              assertThat(shown.path("reactions")).hasSize(20);
              assertThat(shown.path("mentions")).hasSize(20);
              assertThat(shown.at("/sender/profileImage").asText()).hasSize(1_024);
            });
  }

  /** Holds the answers of the Data API, written as JSON and measured as they are billed. */
  private void answersMustFit(Runnable reading) {
    long mark = chat.ledger().mark();
    double billed = chat.used(reading).getOrDefault(Meter.DATA_API_REQUESTS, 0.0);
    long calls =
        chat.ledger().since(mark).stream()
            .filter(call -> call.action().equals("rds-data:ExecuteStatement"))
            .count();
    assertThat(billed).isPositive().isLessThanOrEqualTo(calls * 1024.0 / 32);
  }

  /** Writes messages of Ben, each with reactions of four. */
  private void write(String conversation) {
    run(
        """
        with grown as (
          update conversations set last_seq = last_seq + %1$d where id = '%2$s'
          returning last_seq - %1$d as before
        )
        insert into messages (id, conversation_id, sender_id, seq, client_id, content, created_at,
          expires_at, edited_at, reply_to, mentions, forwarded)
        select gen_random_uuid(), '%2$s', '%3$s', before + n, rpad(gen_random_uuid() || '', 64, 'x'),
          repeat(chr(1), 3995) || ' fish', now(), now() + interval '1 day', now(),
          gen_random_uuid(),
          (select jsonb_agg(user_id) from participants where conversation_id = '%2$s'), true
        from grown, generate_series(1, %1$d) as n
        """
            .formatted(MANY, conversation, ben.id()));
    Person dan = Person.register(chat, "Dan");
    List<Person> people = List.of(ann, ben, team.cem(), dan);
    for (int i = 0; i < people.size(); i++) {
      run(
          """
          insert into reactions (message_id, user_id, emojis, hidden)
          select id, '%2$s', array[%3$s], false
          from messages where conversation_id = '%1$s' and kind = 'TEXT'
          """
              .formatted(
                  conversation,
                  people.get(i).id(),
                  KISSES.subList(i * 5, i * 5 + 5).stream()
                      .collect(Collectors.joining("', '", "'", "'"))));
    }
  }

  private void run(String sql) {
    try (Database database = chat.openDatabase()) {
      database.run(sql);
    }
  }

  private static String skin(int tone) {
    return Character.toString(0x1F3FB + tone);
  }
}
