package parley.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.sync.Cursor.Position;
import parley.user.UserId;

/** The SQL that reads the feed. */
public final class FeedRepository {
  /**
   * The newest row of the feed that is settled; no row if the feed was imported, because it then
   * has a row of a transaction that this database has not begun yet.
   */
  private static final String SETTLED =
      """
      select f.xid, f.id from feed f
      where f.xid < (select pg_snapshot_xmin(pg_current_snapshot()))
        and not exists (
          select from feed future where future.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      order by f.xid desc, f.id desc
      limit 1
      """;

  /**
   * A page of a user's feed: one range of an index for the user, one for each conversation whose
   * feed they share, and one for each contact whose changes more than 500 others learn of. It gives
   * a row at least, which says up to where the feed is settled and whether the cursor's row is in
   * it. It gives no row if the feed was imported. All of it is one snapshot.
   *
   * <p>What is settled can get no rows any more: all transactions below the oldest running one have
   * ended. Rows beyond it are given, for a client that caught up must miss nothing, but no cursor
   * goes past them for good: they come again.
   *
   * <p>A group's feed is older than a newcomer's part in it. What was fed before they came, or
   * about then, names the group, which must be known before: the clocks of the functions and of the
   * database may differ by so much, and the rows of one transaction are in no order.
   */
  static final String PAGE =
      """
      with settled as (
      """
          + SETTLED
          + """
      ), audiences as (
        select cast(:me as uuid) as audience, cast(null as uuid) as conversation_id,
          cast(null as timestamptz) as joined_at
        union all
        select p.audience, p.conversation_id, p.joined_at
        from participants p where p.user_id = :me and p.shares_feed
        union all
        select c.audience, null, null from contacts c where c.user_id = :me and c.shares_feed
      ), page as (
        select f.xid, f.id, f.type, f.entity,
          case when f.fed_at < a.joined_at + interval '1 minute' then a.conversation_id end as group_id
        from audiences a
        cross join lateral (
          select f.xid, f.id, f.type, f.entity, f.fed_at
          from feed f
          where f.audience = a.audience
            and (f.xid, f.id) > (cast(:xid as xid8), cast(:id as uuid))
          order by f.xid, f.id
          limit :limit) f
        order by f.xid, f.id
        limit :limit
      )
      select cast(settled.xid as text) as settled_xid, settled.id as settled_id,
        exists (
          select from feed f where f.xid = cast(:xid as xid8) and f.id = cast(:id as uuid)
        ) as known,
        cast(page.xid as text) as xid, page.id, page.type, page.entity, page.group_id,
        page.xid <= settled.xid as entry_settled
      from settled left join page on true
      order by page.xid, page.id
      """;

  /** Far less than the Data API lets a statement take, 45 s. */
  private static final int TRIMMED_AT_ONCE = 5_000;

  private final Sql sql;

  public FeedRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A row of the feed.
   *
   * @param settled whether no row can appear before it any more
   * @param newGroup the group whose feed has it, if it is not known for sure to have come before
   */
  record Entry(
      Position position, boolean settled, SyncType type, UUID entity, Optional<UUID> newGroup) {}

  /**
   * What follows a position in a user's feed.
   *
   * @param known whether the position is in the feed; if not, the entries mean nothing
   * @param settled up to where the whole feed is settled
   */
  record Slice(boolean known, Position settled, List<Entry> entries) {}

  /** The next rows of a user's feed after a position. */
  Slice after(UserId me, Position position, int limit) {
    return afterImports(() -> slice(me, position, limit));
  }

  private Optional<Slice> slice(UserId me, Position position, int limit) {
    List<Line> lines =
        sql.statement(PAGE)
            .bind("me", me.value())
            .bind("xid", position.xid())
            .bind("id", position.id())
            .bind("limit", limit)
            .list(Line::from);
    return lines.stream()
        .findFirst()
        .map(
            first ->
                new Slice(
                    first.known(),
                    first.settled(),
                    lines.stream().map(Line::entry).flatMap(Optional::stream).toList()));
  }

  /** Up to where the feed is settled: whatever is not visible yet comes after it. */
  Position settled() {
    return afterImports(
        () ->
            sql.statement("select cast(xid as text) as xid, id from (" + SETTLED + ") settled")
                .first(row -> position(row, "")));
  }

  /** Reads from the feed. An imported feed is restarted first. */
  private <T> T afterImports(Supplier<Optional<T>> reading) {
    return reading
        .get()
        .or(
            () -> {
              restartIfImported();
              return reading.get();
            })
        .orElseThrow();
  }

  /**
   * Restarts the feed if it was imported into a database whose transaction ids are below the
   * feed's. Every client then gets {@code reset} and starts over.
   *
   * @return whether it was restarted
   */
  public boolean restartIfImported() {
    return sql.statement("select restart_feed_if_imported() as restarted")
        .first(row -> row.flag("restarted"))
        .orElseThrow();
  }

  /** Restarts the feed without a check. Only the owner of the schema may do this. */
  public void restart() {
    sql.statement("select restart_feed()").execute();
  }

  /**
   * Forgets what is older than {@code time}, but never the newest row, so that a cursor can always
   * name one. Whoever reads on from what is forgotten starts over. An imported feed is restarted.
   */
  public void trim(Instant time) {
    restartIfImported();
    boolean more = true;
    while (more) {
      long trimmed =
          sql.statement(
                  """
                  with old as (
                    select xid, id from feed
                    where (xid, id) < (select f.xid, f.id from feed f order by f.xid desc, f.id desc limit 1)
                    order by xid, id
                    limit :batch
                  ), trimmed as (
                    delete from feed f using old
                    where f.xid = old.xid and f.id = old.id and f.fed_at < :time
                    returning f.id
                  )
                  select count(*) as trimmed from trimmed
                  """)
              .bind("batch", TRIMMED_AT_ONCE)
              .bind("time", time)
              .first(row -> row.integer("trimmed"))
              .orElseThrow();
      more = trimmed == TRIMMED_AT_ONCE;
    }
  }

  private record Line(boolean known, Position settled, Optional<Entry> entry) {
    static Line from(Row row) {
      return new Line(
          row.flag("known"), position(row, "settled_"), row.joined("xid", FeedRepository::entry));
    }
  }

  private static Entry entry(Row row) {
    return new Entry(
        position(row, ""),
        row.flag("entry_settled"),
        SyncType.valueOf(row.string("type")),
        row.uuid("entity"),
        row.joined("group_id", group -> group.uuid("group_id")));
  }

  private static Position position(Row row, String prefix) {
    return new Position(row.string(prefix + "xid"), row.uuid(prefix + "id"));
  }
}
