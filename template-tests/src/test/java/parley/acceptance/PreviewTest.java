package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is shown of the newest message beside its conversation: its first 200 characters. */
@ExtendWith(SharedChat.class)
class PreviewTest {
  private static final int GROUPS = 230;
  private static final String LONG = "🙂".repeat(4_000);
  private static final String PREVIEW = "🙂".repeat(200);

  private final Chat chat;
  private final Person ann;
  private final Person ben;
  private final String conversation;

  PreviewTest(Chat chat) {
    this.chat = chat;
    Friends friends = Friends.meet(chat);
    ann = friends.ann();
    ben = friends.ben();
    conversation = friends.conversation();
  }

  @Test
  void aLongMessageIsCutWhereverAConversationIsShown() {
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);
    try (Phone bensPhone = ben.phone();
        Phone annsPhone = ann.phone()) {
      JsonNode sent = ann.send(conversation, LONG).require(201);
      mustBeCut(sent);
      mustBeCut(bensPhone.awaitEvent("message:new").data());
      mustBeCut(annsPhone.say(conversation, LONG).acked());
      String message = sent.at("/message/id").asText();
      JsonNode forwarded =
          ann.api()
              .post(
                  "/messages/" + message + "/forward",
                  Map.of("conversationIds", List.of(conversation)))
              .require(201);
      mustBeCut(forwarded.get(0));
      String copy = forwarded.get(0).at("/message/id").asText();
      ann.edit(copy, "x" + LONG.substring(2)).require(200);
      assertThat(
              bensPhone
                  .awaitEvent("message:updated")
                  .data()
                  .at("/conversation/lastMessage")
                  .asText())
          .isEqualTo("x" + PREVIEW.substring(2));
      JsonNode kept =
          ben.api().patch("/conversations/" + conversation, Map.of("archived", true)).require(200);
      assertThat(bensPhone.awaitEvent("conversation:updated").data()).isEqualTo(kept);
      assertThat(ben.list("/conversations")).containsExactly(kept);
      assertThat(ben.api().get("/conversations/" + conversation).require(200)).isEqualTo(kept);
      bens.catchUp(50);
      assertThat(bens.known("CONVERSATION")).containsEntry(conversation, kept);
      assertThat(kept.path("lastMessage").asText()).isEqualTo("x" + PREVIEW.substring(2));
    }
  }

  @Test
  void aMessageOf200CharactersIsShownWhole() {
    ann.send(conversation, PREVIEW).require(201);
    assertThat(ben.list("/conversations").getFirst().path("lastMessage").asText())
        .isEqualTo(PREVIEW);
  }

  private static void mustBeCut(JsonNode sent) {
    assertThat(sent.at("/message/content").asText()).startsWith(LONG);
    assertThat(sent.at("/conversation/lastMessage").asText()).isEqualTo(PREVIEW);
  }

  /** Whatever others write there, the list can be read. */
  @Test
  void theListOfConversationsIsAnsweredHoweverManyLongMessagesThereAre() {
    run(
        """
        with made as (
          insert into conversations
            (id, kind, title, picture, history, member_count, last_seq, created_at)
          select gen_random_uuid(), 'GROUP', repeat('🙂', 100), repeat('x', 1024), 'ALL', 2, 1, now()
          from generate_series(1, %1$d)
          returning id
        ), seated as (
          insert into participants (conversation_id, user_id, role, joined_at, shares_feed)
          select made.id, u.id, case u.id when '%2$s' then 'OWNER' else 'MEMBER' end, now(), true
          from made cross join users u where u.id in ('%2$s', '%3$s')
        )
        insert into messages (id, conversation_id, sender_id, seq, content, created_at)
        select gen_random_uuid(), made.id, '%2$s', 1, repeat(chr(1), 3999) || 'x', now() from made
        """
            .formatted(GROUPS, ben.id(), ann.id()));

    assertThat(ann.list("/conversations")).hasSize(100);
    List<JsonNode> all = ann.all("/conversations");

    assertThat(all.stream().map(listed -> listed.path("id").asText()).distinct())
        .hasSize(GROUPS + 1);
    assertThat(all)
        .filteredOn(listed -> listed.has("group"))
        .allSatisfy(listed -> assertThat(listed.path("lastMessage").asText()).hasSize(200));
    Mirror fresh = new Mirror(ann);
    fresh.catchUp(100);
    assertThat(fresh.known("CONVERSATION")).hasSize(GROUPS + 1);
  }

  private void run(String sql) {
    try (Database database = chat.openDatabase()) {
      database.run(sql);
    }
  }
}
