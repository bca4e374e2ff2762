package parley.acceptance;

import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a device that catches up knows of messages that were gone before it did: that they were
 * there, and that their senders had read all before them.
 */
@ExtendWith(SharedChat.class)
class UnseenMessageTest {
  private final Chat chat;
  private final Team team;

  UnseenMessageTest(Chat chat) {
    this.chat = chat;
    team = Team.meet(chat);
  }

  /** How a message goes for Ann. */
  enum Way {
    DELETED_FOR_ONESELF,
    CLEARED,
    DISAPPEARED,
    REMOVED_BY_A_SEND,
    REMOVED_AT_NIGHT
  }

  @ParameterizedTest
  @EnumSource
  void theReceiptOfWhoWroteInAGroupIsKnown(Way way) {
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);

    String message = team.ben().sent(team.id(), "goes");
    goes(way, team.id(), message);

    anns.catchUp(50);
    anns.receiptsMustBeUpToDate(team.id());
    anns.mustBeUpToDate();
  }

  @ParameterizedTest
  @EnumSource
  void theReceiptOfTheOtherOfTwoIsKnown(Way way) {
    String direct = team.ann().converse(team.ben());
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);

    String message = team.ben().sent(direct, "goes");
    goes(way, direct, message);

    anns.catchUp(50);
    anns.mustBeUpToDate();
  }

  @Test
  void onesOwnReceiptIsKnown() {
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);

    String message = team.ann().sent(team.id(), "goes");
    goes(Way.CLEARED, team.id(), message);

    anns.catchUp(50);
    anns.receiptsMustBeUpToDate(team.id());
  }

  private void goes(Way way, String conversation, String message) {
    switch (way) {
      case DELETED_FOR_ONESELF -> team.ann().deleteForMe(message).require(200);
      case CLEARED ->
          team.ann().api().delete("/conversations/" + conversation + "/messages").require(200);
      case DISAPPEARED -> disappears(message);
      case REMOVED_BY_A_SEND -> {
        disappears(message);
        team.ann().sent(conversation, "next");
      }
      case REMOVED_AT_NIGHT -> {
        disappears(message);
        chat.runScheduled(
            "SweepFunction",
            chat.clock().instant().atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant());
      }
    }
  }

  private void disappears(String message) {
    try (Database database = chat.openDatabase()) {
      database.run(
          "update messages set expires_at = now() - interval '1 second' where id = '%s'"
              .formatted(message));
    }
  }
}
