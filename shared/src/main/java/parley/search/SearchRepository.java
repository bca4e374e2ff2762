package parley.search;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.message.Message;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of searching. */
public final class SearchRepository {
  /**
   * A page of what is found, and one row at least. Each conversation is looked into for itself, as
   * other people's messages are many more. Only the newest {@code :ranked} of the messages that fit
   * are ranked, for this computes the words of each of them again. A message that its sender
   * changed while they were blocked is looked up by the words that each of the two sees.
   */
  static final String PAGE =
      """
      with fitting as (
        select m.id, m.content
        from participants p
        cross join lateral (
          (select m.id, m.content
          from messages m
          where m.conversation_id = p.conversation_id and m.kind = 'TEXT'
            and search_vector(m.content) @@ search_query(:text)
            and (m.kept is null or m.sender_id = p.user_id)
            and exists (
              select from visible_messages v where v.reader_id = p.user_id and v.id = m.id)
          order by m.id desc
          limit :ranked)
          union all
          select v.id, v.content
          from messages m
          join visible_messages v on v.reader_id = p.user_id and v.id = m.id
          where m.conversation_id = p.conversation_id and m.kept is not null
            and m.sender_id <> p.user_id
            and search_vector(v.content) @@ search_query(:text)) m
        where p.user_id = :me
          and (cast(:conversation as uuid) is null
            or p.conversation_id = cast(:conversation as uuid))
        order by m.id desc
        limit :ranked
      ), ranked as (
        select f.id, ts_rank_cd(search_vector(f.content), search_query(:text)) as rank
        from fitting f
      ), page as (
        select r.id, r.rank
        from ranked r
        left join ranked after on after.id = cast(:after as uuid)
        where cast(:after as uuid) is null or (r.rank, r.id) < (after.rank, after.id)
        order by r.rank desc, r.id desc
        limit :limit
      )
      select m.*, message_reactions(m.id, :me) as reactions,
        cast(:conversation as uuid) is null or exists (
          select from participants p
          where p.user_id = :me and p.conversation_id = cast(:conversation as uuid)) as known,
        cast(:after as uuid) is null or exists (
          select from ranked r where r.id = cast(:after as uuid)) as cursor_known
      from (values (true)) as present (row)
      left join page on true
      left join visible_messages m on m.reader_id = :me and m.id = page.id
      order by page.rank desc, page.id desc
      """;

  private static final int RANKED = 1_000;

  private final Sql sql;

  public SearchRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * The messages that {@code me} sees and that have all words: the best fitting first, of two that
   * fit as well the newer.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; INVALID_CURSOR
   */
  List<Message> page(UserId me, Search search) {
    return sql
        .statement(PAGE)
        .bind("me", me.value())
        .bind("conversation", search.conversation().map(ConversationId::value).orElse(null))
        .bind("text", search.text())
        .bind("after", search.after().map(MessageId::value).orElse(null))
        .bind("limit", search.limit())
        .bind("ranked", RANKED)
        .list(SearchRepository::found)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Message> found(Row row) {
    if (!row.flag("known")) {
      throw ConversationRepository.notFound();
    }
    if (!row.flag("cursor_known")) {
      throw new ChatException(ErrorCode.INVALID_CURSOR, "cursor must be a message of this search");
    }
    return row.joined("id", Message::seen);
  }
}
