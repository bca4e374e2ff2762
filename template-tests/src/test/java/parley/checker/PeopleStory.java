package parley.checker;

import static parley.checker.Forgery.changed;
import static parley.checker.Forgery.plus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs in which Ann, of whom Ben is a friend, takes other names: the second one at the same moment
 * as the third, which is kept. Nothing is known of what became of a fourth.
 */
final class PeopleStory {
  private static final String FRIEND = "FRIEND";
  private static final Entry READ = new Entry.ProfileRead("ann", "Anne", "ann, called Anne");
  private static final Entry FOLLOWED = held("ben's phone", false, "Anne");
  private static final Entry FRESH = held("a new phone", true, "Anne");

  private PeopleStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.ProfileRead("ben", "Ben", "ben, called Ben"));
    rename(story, 1, "Anna");
    story.add(new Entry.Made(1));
    rename(story, 2, "Anne");
    rename(story, 3, "Anya");
    story.add(new Entry.Made(3));
    story.add(new Entry.Made(2));
    rename(story, 4, "Annette");
    story.add(new Entry.Unanswered(4));
    story.add(new Entry.Settled());
    story.add(READ);
    story.add(FOLLOWED);
    story.add(FRESH);
    return story;
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case FOLLOWED_IS_FRESH ->
          List.of(
              changed(good(), FOLLOWED, holding(Map.of())),
              changed(good(), FOLLOWED, holding(Map.of("ann", "Ann"))),
              changed(good(), FOLLOWED, holding(Map.of("ann", "Anne", "eve", "Eve"))));
      case EVERYBODY_IS_SHOWN_AS_THEY_ARE ->
          List.of(
              plus(good(), shows("another phone", Map.of("ann", "ann, called Anna"), Set.of())),
              plus(good(), shows("another phone", Map.of(), Set.of("ann"))));
      case LAST_NAME_IS_KEPT -> List.of(called("Anna", good()), called("Somebody", good()));
      default -> List.of();
    };
  }

  private static List<Entry> called(String name, List<Entry> story) {
    return changed(story, READ, new Entry.ProfileRead("ann", name, "ann, called Anne"));
  }

  private static void rename(List<Entry> story, int number, String name) {
    story.add(new Entry.Wanted(number, named(name)));
  }

  private static Change named(String name) {
    return new Change.Rename("ann", name);
  }

  private static Entry held(String device, boolean begun, String name) {
    return new Entry.Held(
        "ben",
        device,
        begun,
        Map.of(FRIEND, Map.of("ann", name)),
        Map.of("ann", "ann, called Anne"),
        Set.of());
  }

  private static Entry holding(Map<String, String> friends) {
    return new Entry.Held(
        "ben",
        "ben's phone",
        false,
        Map.of(FRIEND, friends),
        Map.of("ann", "ann, called Anne"),
        Set.of());
  }

  private static Entry shows(String device, Map<String, String> people, Set<String> nameless) {
    return new Entry.Held(
        "ben", device, false, Map.of(FRIEND, Map.of("ann", "Anne")), people, nameless);
  }
}
