package parley.star;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.platform.list.Listing;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.list.PageStart;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL of starred messages. */
public final class StarRepository {
  /** The stars of {@code :me}, of messages that they see. */
  private static final String SEEN =
      """
      from stars s
      join visible_messages m on m.reader_id = s.user_id and m.id = s.message_id
        and m.deleted_at is null
      """;

  /** So many of the longest messages stay under the Data API's 1 MiB. */
  private static final Listing LISTING = new Listing("stars", 20, 30);

  private final Sql sql;

  public StarRepository(Sql sql) {
    this.sql = sql;
  }

  /** Why a star is given or not; named by the SQL. */
  enum Verdict {
    TAKEN,
    SYSTEM,
    DELETED
  }

  /** What became of a change, and whether it changed anything. */
  record Outcome(Verdict verdict, ConversationId conversation, boolean changed) {
    private static Outcome from(Row row) {
      return new Outcome(
          Verdict.valueOf(row.string("verdict")),
          new ConversationId(row.uuid("conversation_id")),
          row.flag("changed"));
    }
  }

  /**
   * Stars a message; empty unless {@code me} sees it. The lock of the message holds off what
   * removes it, and finds out if that came first.
   */
  Optional<Outcome> star(UserId me, MessageId message) {
    return sql.statement(
            """
            with judged as (
              select m.id, m.conversation_id, case
                when m.kind = 'SYSTEM' then 'SYSTEM'
                when m.deleted_at is not null then 'DELETED'
                else 'TAKEN'
              end as verdict
              from messages m
              where m.id = :message and exists (
                select from visible_messages v where v.reader_id = :me and v.id = m.id)
              for key share of m
            ), changed as (
              insert into stars (user_id, message_id, starred_at)
              select :me, id, date_trunc('milliseconds', clock_timestamp())
              from judged where verdict = 'TAKEN'
              on conflict do nothing
              returning message_id
            ), fed as (
              insert into feed (audience, type, entity) select :me, 'STAR', message_id from changed
            )
            select verdict, conversation_id, exists (select from changed) as changed from judged
            """)
        .bind("me", me.value())
        .bind("message", message.value())
        .first(Outcome::from);
  }

  /** Takes a star back, also from what one does not see any more; empty if there was none. */
  Optional<ConversationId> unstar(UserId me, MessageId message) {
    return sql.statement(
            """
            with changed as (
              delete from stars s using messages m
              where s.user_id = :me and s.message_id = :message and m.id = s.message_id
              returning s.message_id, m.conversation_id
            ), fed as (
              insert into feed (audience, type, entity) select :me, 'STAR', message_id from changed
            )
            select conversation_id from changed
            """)
        .bind("me", me.value())
        .bind("message", message.value())
        .first(row -> new ConversationId(row.uuid("conversation_id")));
  }

  /** The starred messages, the newest message first. */
  Page<Message> list(UserId me, PageRequest page) {
    PageStart start = page.of(LISTING);
    List<Message> found =
        sql.statement(
                "select m.*,"
                    + Message.READ
                    + SEEN
                    + Message.WRITER
                    + """
                    where s.user_id = :me
                      and (cast(:before as uuid) is null or s.message_id < cast(:before as uuid))
                    order by s.message_id desc
                    limit :rows
                    """)
            .bind("me", me.value())
            .bind("before", start.id(0))
            .bind("rows", start.rows())
            .list(Message::read);
    return start.page(found, Function.identity(), last -> List.of(last.id().value()));
  }

  /** This user's stars of those of these messages that have one. */
  public List<Star> byIds(UserId me, Collection<UUID> ids) {
    return sql.statement(
            "select s.message_id, m.conversation_id, m.seq, m.expires_at, s.starred_at "
                + SEEN
                + "where s.user_id = :me and s.message_id = any(cast(:ids as uuid[]))")
        .bind("me", me.value())
        .bind("ids", ids)
        .list(Star::from);
  }
}
