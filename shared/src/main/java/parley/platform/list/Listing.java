package parley.platform.list;

/**
 * What a list that is read page by page has in common.
 *
 * @param name marks its cursors, so that one of another list is refused
 * @param usual how many things a page has unless the client says otherwise
 * @param most how many a page has at most: so many of the longest fit in an answer of the Data API
 */
public record Listing(String name, int usual, int most) {
  /** A list whose pages are as long as they may be unless the client says otherwise. */
  public Listing(String name, int most) {
    this(name, most, most);
  }
}
