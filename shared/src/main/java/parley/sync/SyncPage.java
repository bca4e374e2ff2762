package parley.sync;

import java.util.List;

/**
 * A page of what happened.
 *
 * @param reset whether the items build the state from nothing: the reader drops what they have
 * @param items to be applied in this order
 * @param cursor where to go on
 * @param hasMore whether there is more already
 */
public record SyncPage(boolean reset, List<SyncItem> items, String cursor, boolean hasMore) {}
