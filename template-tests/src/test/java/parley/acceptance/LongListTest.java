package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of people that are longer than what the Data API gives in one answer, which is 1 MiB. */
@ExtendWith(SharedChat.class)
class LongListTest {
  private static final int MANY = 600;

  private final Chat chat;
  private final Person ann;

  LongListTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
  }

  @Test
  void allFriendsAreGivenByName() {
    meet("ACCEPTED");

    List<JsonNode> friends = mustBeDifferent(ann.all("/friends"), "/id", MANY);

    assertThat(friends.getFirst().path("name").asText()).isEqualTo("crowd 1");
    assertThat(friends.subList(1, 4))
        .extracting(friend -> friend.path("name").asText())
        .containsExactly("CROWD 10", "CROWD 100", "crowd 101");
  }

  @Test
  void allRequestsThatWaitAreGiven() {
    meet("PENDING");

    mustBeDifferent(ann.all("/friends/requests/me"), "/id", MANY);
    assertThat(ann.list("/friends/requests")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 70, 100})
  void aStartGivesAllRequestsThatWaitHoweverManyAPageHas(int limit) {
    meet("PENDING");
    fillProfiles();

    List<JsonNode> requests = new ArrayList<>();
    String cursor = "";
    boolean more = true;
    while (more) {
      JsonNode page = ann.api().get("/sync?limit=" + limit + cursor).require(200);
      assertThat(page.path("items")).hasSizeLessThanOrEqualTo(limit);
      requests.addAll(Json.items(page.path("items")));
      cursor = "&cursor=" + page.path("cursor").asText();
      more = page.path("hasMore").asBoolean();
    }

    mustBeDifferent(requests, "/id", MANY);
  }

  @Test
  void allBlocksAreGiven() {
    run(
        """
        insert into blocks (blocker_id, blocked_id, created_at)
        select '%s', id, now() from crowd
        """);

    mustBeDifferent(ann.all("/blocks"), "/user/id", MANY);
  }

  private void meet(String status) {
    run(
        """
        insert into friendships (id, sender_id, receiver_id, status, created_at, answered_at)
        select gen_random_uuid(), '%%s', id, '%1$s', now(),
          case '%1$s' when 'ACCEPTED' then now() end
        from crowd
        """
            .formatted(status));
  }

  /** Makes people with the longest profiles, and something of Ann's with each of them. */
  private void run(String insert) {
    try (Database database = chat.openDatabase()) {
      database.run(
          """
          with crowd as (
            insert into users (id, email, name, about_me, profile_image, password_hash, created_at)
            select gen_random_uuid(), gen_random_uuid() || '@example.org',
              case n %% 2 when 0 then 'CROWD ' else 'crowd ' end || n, repeat('🙂', 500),
              'https://example.org/' || repeat('x', 1000), '', now()
            from generate_series(1, %d) as n
            returning id
          )
          """
                  .formatted(MANY)
              + insert.formatted(ann.id()));
    }
  }

  /** Makes everybody's profile the longest that JSON may make of one. */
  private void fillProfiles() {
    try (Database database = chat.openDatabase()) {
      database.run(
          """
          update users set name = left(name, 9) || repeat('🙂', 90), about_me = repeat('🙂', 500),
            profile_image = 'https://example.org/' || repeat('x', 1004)
          where id = '%1$s' or id in (
            select receiver_id from friendships where sender_id = '%1$s')
          """
              .formatted(ann.id()));
    }
  }

  private static List<JsonNode> mustBeDifferent(List<JsonNode> things, String id, int count) {
    assertThat(things).hasSize(count);
    assertThat(things.stream().map(thing -> thing.at(id).asText()).collect(Collectors.toSet()))
        .hasSize(count);
    return things;
  }
}
