package parley.search;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.PageStart;

/**
 * How far a search has been read. It holds the best matches as the first page found them, so that
 * their order stays as it was, whatever changes between two pages. All other matches follow in the
 * order of their ids, which never changes. Neither needs a message to be still there.
 *
 * @param best the best matches, in the order of the first page; empty if the search ranks nothing
 * @param shown how many of {@code best} the pages before had
 * @param before all matches that are not among {@code best} and have this id or a higher one have
 *     been shown
 */
record SearchPosition(List<UUID> best, long shown, UUID before) {
  private static final UUID ABOVE_ALL = new UUID(-1, -1);

  /** Where the first page begins. */
  static final SearchPosition FIRST = new SearchPosition(List.of(), 0, ABOVE_ALL);

  /** Behind the match with this place among the best ones, of which the first has 1. */
  static SearchPosition behind(List<UUID> best, long place) {
    return new SearchPosition(best, place, ABOVE_ALL);
  }

  /** Behind a match that is not among the best ones. */
  static SearchPosition behind(List<UUID> best, UUID match) {
    return new SearchPosition(best, best.size(), match);
  }

  /**
   * Reads the position of a page's cursor.
   *
   * @throws ChatException INVALID_CURSOR for a cursor of another search
   */
  static SearchPosition of(PageStart start, Search search) {
    UUID before = start.id(2);
    if (before == null) {
      return FIRST;
    }
    if (!search.fingerprint().equals(start.id(0))) {
      throw new ChatException(
          ErrorCode.INVALID_CURSOR, "cursor must be one that came with a page of this search");
    }
    return new SearchPosition(read(String.valueOf(start.text(3))), start.number(1), before);
  }

  /** What {@link #of} reads. */
  List<Object> values(Search search) {
    return List.of(search.fingerprint(), shown, before, write(best));
  }

  /** Ids as {@code string_agg(id, ',')} writes them. */
  static List<UUID> read(String ids) {
    return ids.isEmpty()
        ? List.of()
        : Arrays.stream(ids.split(",", -1)).map(id -> Ids.parse("cursor", id)).toList();
  }

  private static String write(List<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
  }
}
