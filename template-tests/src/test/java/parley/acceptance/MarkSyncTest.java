package parley.acceptance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That pins and stars which come by catching up are those that their routes give. */
@ExtendWith(SharedChat.class)
class MarkSyncTest {
  private final Chat chat;

  MarkSyncTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aMarkGoesWithItsMessageHoweverThatGoes() {
    Team team = Team.meet(chat);
    List<Mirror> mirrors = mirrors(team);
    List<String> messages =
        Stream.of("stays", "is deleted", "is hidden", "is cleared")
            .map(content -> team.ann().sent(team.id(), content))
            .toList();
    for (String message : messages) {
      team.ann().api().put("/messages/" + message + "/pin").require(200);
      team.ben().api().put("/messages/" + message + "/star").require(200);
    }
    mustBeUpToDate(mirrors);

    team.ann().delete(messages.get(1)).require(200);
    team.ben().deleteForMe(messages.get(2)).require(200);
    mustBeUpToDate(mirrors);

    team.ben().api().delete("/conversations/" + team.id() + "/messages").require(200);
    mustBeUpToDate(mirrors);

    team.ann().api().delete("/messages/" + messages.getFirst() + "/pin").requireDone();
    mustBeUpToDate(mirrors);
    mustBeUpToDate(mirrors(team));
  }

  @Test
  void whoComesBackHasTheStarsAndPinsOfWhatTheySeeAgain() {
    Team team = Team.meet(chat);
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    String message = team.ann().sent(team.id(), "Hello");
    List<Mirror> mirrors = mirrors(team);
    team.ben().api().put("/messages/" + message + "/star").require(200);
    team.ann().api().put("/messages/" + message + "/pin").require(200);
    mustBeUpToDate(mirrors);

    team.leave(team.ben()).requireDone();
    mustBeUpToDate(mirrors);
    List<Mirror> started = mirrors(team);
    team.add(team.ann(), team.ben()).require(201);

    mustBeUpToDate(mirrors);
    mustBeUpToDate(started);
    team.ann().api().delete("/messages/" + message + "/pin").requireDone();
    mustBeUpToDate(mirrors);
  }

  @Test
  void whatABlockedPersonPinsIsTheirsInEveryView() {
    Friends friends = Friends.meet(chat);
    List<Mirror> mirrors =
        Stream.of(friends.ann(), friends.ben()).map(MarkSyncTest::started).toList();
    String before = friends.ann().sent(friends.conversation(), "pinned before");
    String after = friends.ann().sent(friends.conversation(), "pinned after");
    friends.ann().api().put("/messages/" + before + "/pin").require(200);
    friends.ann().block(friends.ben()).require(200);
    mustBeUpToDate(mirrors);

    friends.ben().api().put("/messages/" + after + "/pin").require(200);
    friends.ben().api().delete("/messages/" + before + "/pin").requireDone();
    mustBeUpToDate(mirrors);
    friends.ann().unblock(friends.ben()).requireDone();
    mustBeUpToDate(mirrors);
    friends.ann().api().put("/messages/" + after + "/pin").require(200);
    mustBeUpToDate(mirrors);
  }

  private static List<Mirror> mirrors(Team team) {
    return Stream.of(team.ann(), team.ben(), team.cem()).map(MarkSyncTest::started).toList();
  }

  private static Mirror started(Person person) {
    Mirror mirror = new Mirror(person);
    mirror.catchUp(50);
    return mirror;
  }

  private static void mustBeUpToDate(List<Mirror> mirrors) {
    for (Mirror mirror : mirrors) {
      mirror.catchUp(50);
      mirror.mustBeUpToDate();
    }
  }
}
