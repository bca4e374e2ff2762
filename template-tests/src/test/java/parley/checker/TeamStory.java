package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Runs with a group and with a block. Ann makes a group with Ben and Cem and adds Dan; Ben leaves
 * and comes back by an invite. Ann then blocks Cem for a while, in the conversation of the two.
 */
final class TeamStory {
  private static final String TEAM = "team";
  private static final String ANN_CEM = "ann-cem";
  private static final Change.OfGroup LEAVING = new Change.Remove("ben", TEAM, "ben");
  private static final Change.OfGroup SHOWING = new Change.ShowPast("ann", TEAM, "ALL");
  private static final Change BLOCK = new Change.Block("ann", "cem");
  private static final Change UNBLOCK = new Change.Unblock("ann", "cem");

  private final List<Entry> entries = new ArrayList<>();
  private final List<Message> stored = new ArrayList<>();
  private final Map<String, Knowledge> knowledge = new HashMap<>();
  private int changes;

  /** A run in which all is well. */
  static List<Entry> good() {
    return new TeamStory().told();
  }

  private List<Entry> told() {
    entries.add(new Entry.Opened(ANN_CEM, Set.of("ann", "cem")));
    entries.add(new Entry.Founded(TEAM, "JOINED"));
    for (String user : List.of("ann", "ben", "cem", "dan")) {
      entries.add(new Entry.Connected(link(user)));
      knowledge.put(user, new Knowledge());
    }
    tell(1, new Change.Create("ann", TEAM, Set.of("ben", "cem")), "ann", "ben", "cem");
    send(text(TEAM, "ann", 2), "ann", "ben", "cem");
    tell(3, new Change.Add("ann", TEAM, "dan"), "ann", "ben", "cem", "dan");
    entries.add(new Entry.ReceiptTold(link("ben"), TEAM, "dan", true, 2));
    send(text(TEAM, "ben", 4), "ann", "ben", "cem", "dan");
    tell(5, LEAVING, "ann", "cem", "dan");
    send(text(TEAM, "cem", 6), "ann", "cem", "dan");
    tell(7, new Change.Join("ben", TEAM), "ann", "ben", "cem", "dan");
    tell(8, SHOWING, "ann", "ben", "cem", "dan");
    tell(9, new Change.Assign("ann", TEAM, "cem", "ADMIN"), "ann", "ben", "cem", "dan");
    send(text(TEAM, "ann", 10), "ann", "ben", "cem", "dan");
    send(text(ANN_CEM, "cem", 1), "ann", "cem");
    make(BLOCK);
    entries.add(new Entry.BlockNoticed(link("ann"), BLOCK));
    send(text(ANN_CEM, "cem", 2), "cem");
    make(UNBLOCK);
    send(text(ANN_CEM, "cem", 3), "ann", "cem");
    send(text(ANN_CEM, "ann", 4), "ann", "cem");
    make(new Change.Block("eve", "ann"));
    entries.add(new Entry.Wanted(++changes, new Change.Join("eve", TEAM)));
    entries.add(new Entry.Denied(changes, "INVITE_NOT_FOUND"));
    entries.add(new Entry.Settled());
    List.of("ann", "ben", "cem", "dan").forEach(this::end);
    entries.add(new Entry.BlocksRead("ann", Set.of()));
    entries.add(new Entry.BlocksRead("cem", Set.of()));
    entries.add(new Entry.InvitesRead(TEAM, 1));
    stored.stream().map(Entry.Stored::new).forEach(entries::add);
    return entries;
  }

  private void tell(long seq, Change.OfGroup change, String... receivers) {
    Message message = new Message(TEAM + " " + seq, change, "text " + seq, seq);
    int number = ++changes;
    entries.add(new Entry.Wanted(number, change));
    receive(message, receivers);
    entries.add(new Entry.Made(number));
  }

  private void make(Change change) {
    int number = ++changes;
    entries.add(new Entry.Wanted(number, change));
    entries.add(new Entry.Made(number));
  }

  private void send(Message message, String... receivers) {
    entries.add(new Entry.Tried(message.draft()));
    receive(message, receivers);
    entries.add(new Entry.Acked(message.draft(), message));
  }

  private void receive(Message message, String... receivers) {
    stored.add(message);
    for (String user : receivers) {
      entries.add(new Entry.Received(link(user), message));
      Knowledge known = knowledge.getOrDefault(user, new Knowledge());
      if (known.jumps(message)) {
        entries.add(new Entry.GapNoticed(link(user), message));
      }
      known.add(message);
    }
  }

  /** What a user and their device are told in the end. */
  private void end(String user) {
    long from =
        switch (user) {
          case "ben" -> 6;
          case "dan" -> 2;
          default -> 0;
        };
    String device = link(user).device();
    entries.add(new Entry.CatchUpStarted(device));
    entries.add(new Entry.Listed(user, device, TEAM, true, from));
    if (user.equals("ann") || user.equals("cem")) {
      entries.add(new Entry.Listed(user, device, ANN_CEM, true, 0));
      entries.add(new Entry.Counted(user, ANN_CEM, 4, user.equals("ann") ? 4 : 3, "text 4"));
    }
    entries.add(new Entry.CaughtUp(user, device, List.of()));
    long read =
        switch (user) {
          case "ann" -> 10;
          case "ben", "cem" -> 9;
          default -> 3;
        };
    entries.add(new Entry.Counted(user, TEAM, 10, read, "text 10"));
    entries.add(
        new Entry.MembersRead(
            TEAM, user, Map.of("ann", "OWNER", "ben", "MEMBER", "cem", "ADMIN", "dan", "MEMBER")));
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case GOOD_MESSAGE_IS_NOT_REFUSED ->
          List.of(
              plus(new Entry.Refused(text(ANN_CEM, "cem", 3).draft(), "BLOCKED_BY_YOU")),
              plus(new Entry.Refused(text(TEAM, "ann", 2).draft(), "CONVERSATION_NOT_FOUND")));
      case NOTHING_OUTSIDE_A_STAY -> List.of(afterTheyWent(), beforeTheyCame(), readAfterLeaving());
      case NOTHING_OF_THE_BLOCKED ->
          List.of(plus(new Entry.Received(link("ann"), text(ANN_CEM, "cem", 2))));
      case NOTHING_TO_OTHERS ->
          List.of(plus(new Entry.CaughtUp("eve", "eve's phone", List.of(text(TEAM, "ann", 2)))));
      case LIVE_AND_CAUGHT_UP_IS_STORED ->
          List.of(plus(new Entry.Listed("ben", "ben's phone", TEAM, true, 0)));
      case LIST_SHOWS_THE_NEWEST ->
          List.of(
              mapped(
                  entry ->
                      entry.equals(new Entry.Counted("dan", TEAM, 10, 3, "text 10"))
                          ? new Entry.Counted("dan", TEAM, 10, 3, "text 6")
                          : entry));
      case UNREAD_IS_WHAT_IS_STORED ->
          List.of(
              mapped(
                  entry ->
                      entry.equals(new Entry.Counted("cem", TEAM, 10, 9, "text 10"))
                          ? new Entry.Counted("cem", TEAM, 10, 6, "text 10")
                          : entry));
      case CONVERSATIONS_ARE_THOSE_LISTED ->
          List.of(plus(new Entry.Listed("dan", "dan's phone", "long gone", true, 0)));
      case CONVERSATION_WAS_MADE ->
          List.of(
              plus(
                  new Entry.Listed("ann", "ann's phone", "team again", true, 0),
                  new Entry.Counted("ann", "team again", 0, 0, "")));
      case CHANGE_IS_TOLD_ONCE -> List.of(toldAndNotWanted(), removedAndNotTold());
      case ONE_AFTER_THE_OTHER -> List.of(assignedByAMember());
      case ANSWER_IS_TRUE ->
          List.of(
              plus(wanted(new Change.Add("ann", TEAM, "eve")), new Entry.Made(99)),
              plus(wanted(LEAVING), new Entry.Denied(99, "CONVERSATION_NOT_FOUND")),
              plus(wanted(SHOWING), new Entry.Denied(99, "ROLE_REQUIRED")),
              plus(wanted(new Change.Add("ann", TEAM, "cem")), new Entry.Denied(99, "NOT_FRIENDS")),
              plus(
                  wanted(new Change.Add("ann", TEAM, "cem")),
                  new Entry.Denied(99, "TOO_MANY_GROUPS_TODAY")),
              plus(wanted(new Change.Join("fay", TEAM)), new Entry.Denied(99, "INVITE_NOT_FOUND")),
              plus(wanted(BLOCK), new Entry.Denied(99, "USER_NOT_FOUND")),
              plus(wanted(new Change.Time("ann", TEAM, 3_600)), new Entry.Made(99)),
              plus(
                  wanted(new Change.Time("ann", TEAM, 3_600)),
                  new Entry.Denied(99, "ROLE_REQUIRED")),
              plus(wanted(new Change.Time("eve", ANN_CEM, 3_600)), new Entry.Made(99)),
              plus(
                  wanted(new Change.Time("cem", ANN_CEM, 3_600)),
                  new Entry.Denied(99, "BLOCKED_BY_YOU")));
      case MEMBERS_ARE_AS_TOLD ->
          List.of(
              plus(new Entry.MembersRead(TEAM, "ann", Map.of("ann", "OWNER"))),
              plus(new Entry.MembersRead(TEAM, "eve", Map.of())));
      case RECEIPT_TOLD_WAS_SAID ->
          List.of(
              plus(new Entry.ReceiptTold(link("ann"), TEAM, "dan", true, 3)),
              plus(new Entry.ReceiptTold(link("dan"), TEAM, "dan", true, 2)),
              plus(new Entry.ReceiptTold(link("dan"), TEAM, "ben", true, 0)));
      case JOINING_USES_AN_INVITE -> List.of(plus(new Entry.InvitesRead(TEAM, 2)));
      case BLOCKER_DOES_NOT_WRITE -> List.of(writtenWhileBlocking());
      case BLOCK_IS_SECRET ->
          List.of(plus(new Entry.BlockNoticed(link("cem"), new Change.Block("cem", "ann"))));
      case BLOCKS_ARE_THOSE_MADE ->
          List.of(
              plus(new Entry.BlocksRead("ann", Set.of("cem"))),
              plus(wanted(BLOCK), new Entry.Made(99), new Entry.BlocksRead("ann", Set.of())));
      default -> List.of();
    };
  }

  private static List<Entry> afterTheyWent() {
    Message cems = text(TEAM, "cem", 6);
    return inserted(
        entry -> entry.equals(new Entry.Tried(cems.draft())),
        1,
        new Entry.Received(link("ben"), cems),
        new Entry.GapNoticed(link("ben"), cems));
  }

  private static List<Entry> beforeTheyCame() {
    return plus(new Entry.CaughtUp("dan", "dan's phone", List.of(text(TEAM, "ann", 2))));
  }

  private static List<Entry> readAfterLeaving() {
    return inserted(
        entry -> entry.equals(new Entry.Tried(text(TEAM, "cem", 6).draft())),
        0,
        new Entry.WalkStarted(1),
        new Entry.Walked(1, "ben", TEAM, List.of(text(TEAM, "ben", 4))));
  }

  private static List<Entry> toldAndNotWanted() {
    return good().stream()
        .filter(entry -> !(entry instanceof Entry.Wanted want && want.change().equals(SHOWING)))
        .filter(entry -> !entry.equals(new Entry.Made(5)))
        .toList();
  }

  private static List<Entry> removedAndNotTold() {
    return plus(wanted(new Change.Remove("ann", TEAM, "eve")), new Entry.Made(99));
  }

  /** Dan, a member like others, makes Cem an admin. */
  private static List<Entry> assignedByAMember() {
    Change.OfGroup change = new Change.Assign("dan", TEAM, "cem", "ADMIN");
    Message told = new Message(TEAM + " 9", change, "text 9", 9);
    return mapped(
        entry ->
            switch (entry) {
              case Entry.Wanted want when want.change() instanceof Change.Assign ->
                  new Entry.Wanted(want.number(), change);
              case Entry.Received got when got.message().id().equals(told.id()) ->
                  new Entry.Received(got.link(), told);
              case Entry.Stored found when found.message().id().equals(told.id()) ->
                  new Entry.Stored(told);
              default -> entry;
            });
  }

  private static List<Entry> writtenWhileBlocking() {
    Message anns = text(ANN_CEM, "ann", 4);
    Entry tried = new Entry.Tried(anns.draft());
    Entry acked = new Entry.Acked(anns.draft(), anns);
    return inserted(
        good().stream().filter(entry -> !entry.equals(tried) && !entry.equals(acked)).toList(),
        entry -> entry instanceof Entry.Wanted want && want.change().equals(UNBLOCK),
        0,
        tried,
        acked);
  }

  private static Entry wanted(Change change) {
    return new Entry.Wanted(99, change);
  }

  private static List<Entry> plus(Entry... more) {
    return Forgery.plus(good(), more);
  }

  private static List<Entry> mapped(UnaryOperator<Entry> change) {
    return Forgery.mapped(good(), change);
  }

  private static List<Entry> inserted(Predicate<Entry> at, int distance, Entry... more) {
    return inserted(good(), at, distance, more);
  }

  /** A story with more at a distance from the first entry of which something is true. */
  private static List<Entry> inserted(
      List<Entry> story, Predicate<Entry> at, int distance, Entry... more) {
    List<Entry> longer = new ArrayList<>(story);
    longer.addAll(
        story.indexOf(story.stream().filter(at).findFirst().orElseThrow()) + distance,
        List.of(more));
    return longer;
  }

  private static Link link(String user) {
    return new Link(user, user + "'s phone", 1);
  }

  private static Message text(String conversation, String sender, long seq) {
    return new Message(
        conversation + " " + seq,
        conversation,
        sender,
        "c" + conversation + seq,
        "text " + seq,
        seq);
  }
}
