package parley.platform.list;

import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.PageLimit;

/**
 * Which page of a list a client asks for.
 *
 * @param cursor the one that came with the page before; empty for the first page
 * @param limit how many things the page is to have at most; empty for as many as is usual
 */
public record PageRequest(Optional<String> cursor, Optional<Integer> limit) {
  /** The first page, as long as this one. */
  public PageRequest first() {
    return new PageRequest(Optional.empty(), limit);
  }

  /**
   * The same for a list that has this page.
   *
   * @throws ChatException VALIDATION_FAILED for a limit that is not 1 to what the list has at most;
   *     INVALID_CURSOR for a cursor that this list never gave
   */
  public PageStart of(Listing listing) {
    int most = limit.orElse(listing.usual());
    PageLimit.require(most, listing.most());
    return new PageStart(listing, cursor.map(text -> ListCursor.parse(listing, text)), most);
  }
}
