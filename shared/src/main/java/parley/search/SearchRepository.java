package parley.search;

import java.util.List;
import java.util.UUID;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.message.Message;
import parley.platform.ChatException;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of searching. */
public final class SearchRepository {
  /**
   * A page of the matches, and one row at least.
   *
   * <p>The index gives candidates: messages that have all keys of what was typed. They are read for
   * each conversation of the user, because there are many more messages of other people. A message
   * that its sender changed while they were blocked is a candidate too, as others see other words.
   * The candidates are then checked from the newest on, until there are enough matches: {@code
   * has_phrases} decides whether one matches.
   *
   * <p>The first page of a search for several words takes the newest {@code :ranked} matches and
   * ranks them by how close together the words stand. The {@code :best} first of these come first.
   * Their ids come back with the first row, for the cursor; later pages give them as {@code
   * :listed}.
   */
  static final String PAGE =
      """
      with typed as materialized (
        select query_keys(:text) as keys, query_phrases(:text) as phrases,
          :first and cardinality(query_phrases(:text)) > 1 as ranking
      ), listed as (
        select l.id, l.place from unnest(cast(:listed as uuid[])) with ordinality as l (id, place)
      ), fitting as (
        select candidate.id
        from (
          select m.id
          from participants p
          cross join lateral (
            select m.id
            from messages m
            where m.conversation_id = p.conversation_id and m.kind = 'TEXT'
              and search_keys(m.content) collate "C" @> (select keys from typed)
              and m.id < :before
            union
            select m.id
            from messages m
            where m.conversation_id = p.conversation_id and m.kept is not null
              and m.sender_id <> p.user_id and m.id < :before) m
          where p.user_id = :me
            and (cast(:conversation as uuid) is null
              or p.conversation_id = cast(:conversation as uuid))
            and (select cardinality(phrases) > 0 from typed)
          order by m.id desc
          offset 0) candidate
        cross join lateral (
          select
          from visible_messages v
          where v.reader_id = :me and v.id = candidate.id
            and has_phrases(v.content, (select phrases from typed))
          offset 0) matching
        where not exists (select from listed l where l.id = candidate.id)
        order by candidate.id desc
        limit (select case when ranking then :ranked else :rows end from typed)
      ), placed as (
        select f.id, case when t.ranking then row_number() over (
          order by case when t.ranking then phrases_span(v.content, t.phrases) end, f.id desc) end
          as place
        from fitting f
        join visible_messages v on v.reader_id = :me and v.id = f.id
        cross join typed t
        union all
        select l.id, l.place
        from listed l
        join visible_messages v on v.reader_id = :me and v.id = l.id and v.kind = 'TEXT'
        cross join typed t
        where l.place > :shown and has_phrases(v.content, t.phrases)
      ), page as (
        select p.id, case when p.place <= :best then p.place end as place
        from placed p
        order by 2 nulls last, 1 desc
        limit :rows
      )
      select m.*,
      """
          + Message.READ
          + """
        , page.place,
        case when row_number() over (order by page.place nulls last, page.id desc) = 1 then (
          select string_agg(cast(p.id as text), ',' order by p.place)
          from placed p
          where p.place <= :best) end as best,
        cast(:conversation as uuid) is null or exists (
          select from participants p
          where p.user_id = :me and p.conversation_id = cast(:conversation as uuid)) as known
      from (values (true)) as present (row)
      left join page on true
      left join visible_messages m on m.reader_id = :me and m.id = page.id
      """
          + Message.WRITER
          + """
      order by page.place nulls last, page.id desc
      """;

  /** 30 of the longest messages stay under the Data API's 1 MiB. */
  private static final Listing LISTING = new Listing("search", 20, 30);

  private static final int RANKED = 1_000;

  /** So many ids fit in a cursor that fits in a URL. */
  private static final int BEST = 30;

  private final Sql sql;

  public SearchRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * A page of the messages that {@code me} sees and that have all words.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; INVALID_CURSOR
   */
  Page<Message> page(UserId me, Search search, PageRequest page) {
    PageStart start = page.of(LISTING);
    SearchPosition position = SearchPosition.of(start, search);
    List<Row> rows =
        sql.statement(PAGE)
            .bind("me", me.value())
            .bind("conversation", search.conversation().map(ConversationId::value).orElse(null))
            .bind("text", search.text())
            .bind("first", start.isFirst())
            .bind("listed", position.best())
            .bind("shown", position.shown())
            .bind("before", position.before())
            .bind("ranked", RANKED)
            .bind("best", BEST)
            .bind("rows", start.rows())
            .list(row -> row);
    Row first = rows.getFirst();
    if (!first.flag("known")) {
      throw ConversationRepository.notFound();
    }
    List<UUID> best =
        start.isFirst()
            ? SearchPosition.read(first.optionalString("best").orElse(""))
            : position.best();
    return start.page(
        rows.stream().filter(row -> !row.isNull("id")).toList(),
        Message::read,
        last ->
            (last.isNull("place")
                    ? SearchPosition.behind(best, last.uuid("id"))
                    : SearchPosition.behind(best, last.integer("place")))
                .values(search));
  }
}
