package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes of a run one that differs from it. */
final class Forgery {
  private Forgery() {}

  /** More happens in the end. */
  static List<Entry> plus(List<Entry> run, Entry... more) {
    return Stream.concat(run.stream(), Stream.of(more)).toList();
  }

  /** More happens just before something that happens. */
  static List<Entry> before(List<Entry> run, Entry what, Entry... more) {
    assertThat(run).contains(what);
    List<Entry> longer = new ArrayList<>(run);
    longer.addAll(run.indexOf(what), List.of(more));
    return longer;
  }

  static List<Entry> without(List<Entry> run, Predicate<Entry> dropped) {
    return run.stream().filter(dropped.negate()).toList();
  }

  static List<Entry> mapped(List<Entry> run, UnaryOperator<Entry> change) {
    return run.stream().map(change).toList();
  }

  /** Something else happens, as often as the first thing did. */
  static List<Entry> changed(List<Entry> run, Entry from, Entry to) {
    assertThat(run).contains(from);
    return mapped(run, entry -> entry.equals(from) ? to : entry);
  }

  /** A message is another one for everybody who is shown it and where it is stored. */
  static List<Entry> shownAs(List<Entry> run, Message from, Message to) {
    return mapped(
        run,
        entry ->
            switch (entry) {
              case Entry.Received(Link link, Message message) when message.equals(from) ->
                  new Entry.Received(link, to);
              case Entry.Updated(Link link, Message message) when message.equals(from) ->
                  new Entry.Updated(link, to);
              case Entry.Stored(Message message) when message.equals(from) -> new Entry.Stored(to);
              default -> entry;
            });
  }

  /** A message is another one, and its sender wants it so and is told so. */
  static List<Entry> sentAs(List<Entry> run, Message from, Message to) {
    return mapped(
        shownAs(run, from, to),
        entry ->
            switch (entry) {
              case Entry.Tried(Draft draft) when draft.equals(from.draft()) ->
                  new Entry.Tried(to.draft());
              case Entry.Acked(Draft draft, Message message) when message.equals(from) ->
                  new Entry.Acked(draft.equals(from.draft()) ? to.draft() : draft, to);
              default -> entry;
            });
  }
}
