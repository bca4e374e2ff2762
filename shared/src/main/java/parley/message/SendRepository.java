package parley.message;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.conversation.ConversationKind;
import parley.conversation.ConversationLock;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.Pages;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;
import parley.user.UserId;

/** The SQL that stores messages. */
public final class SendRepository {
  /** How many messages that have disappeared a send removes at most. */
  private static final int DISAPPEARING = 500;

  private final Sql sql;

  public SendRepository(Sql sql) {
    this.sql = sql;
  }

  /**
   * Stores a message under the next seq of its conversation. The lock of the conversation's row
   * orders senders. It is taken before anything is written, and with the first thing that it writes
   * a transaction gets its id: so the messages of a conversation are in the feed in the order of
   * their seq. The sender has read what they wrote.
   *
   * <p>A blocked person's message is hidden from the person who blocks them, and changes nothing of
   * what that person has. Whether there is a block is read under the lock, from the row that has
   * it: a block that was there first is seen, though this statement began before it.
   *
   * <p>What has disappeared is removed but for what somebody removes already, so that nobody waits
   * for the sweep, or it for them.
   *
   * <p>A message that is stored already, by its id or its client id, is found instead of stored:
   * the collision undoes the whole statement, the seq with it. So it is if what the message answers
   * or whom it mentions is not there any more. One that has disappeared since is refused.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part; BLOCKED_BY_YOU;
   *     MESSAGE_GONE; MESSAGE_NOT_FOUND for an answer to what the sender does not see in this
   *     conversation; VALIDATION_FAILED for mentions outside of a group; MEMBER_NOT_FOUND for one
   *     of somebody who is not in it
   */
  Stored store(MessageId id, UserId sender, Draft draft) {
    try {
      Optional<Row> row = insert(id, sender, draft);
      return row.filter(stored -> !stored.isNull("id"))
          .map(Stored::from)
          .or(() -> find(id, sender, draft.clientId()))
          .orElseThrow(
              () ->
                  row.map(SendRepository::refusal)
                      .orElseGet(
                          () -> ConversationLock.refusal(sql, sender, draft.conversationId())));
    } catch (SqlException e) {
      if (e.violatesUnique("messages_client_id") || e.violatesUnique("messages_pkey")) {
        return find(id, sender, draft.clientId()).orElseThrow(() -> e);
      }
      if (SpentClientIdRepository.refuse(e)) {
        throw gone();
      }
      throw e;
    }
  }

  private Optional<Row> insert(MessageId id, UserId sender, Draft draft) {
    return ConversationLock.asOfNow(
        sql.statement(
                ConversationLock.OF_CONVERSATION
                    + """
                    , checked as (
                      select l.*,
                        cast(:reply_to as uuid) is null or exists (
                          select from visible_messages v
                          where v.reader_id = :me and v.conversation_id = l.id
                            and v.id = cast(:reply_to as uuid)) as reply_seen,
                        cast(:mentions as uuid[]) = '{}' or l.kind = 'GROUP' as may_mention,
                        cardinality(cast(:mentions as uuid[])) = (
                          select count(*) from participants p
                          where p.conversation_id = l.id
                            and p.user_id = any(cast(:mentions as uuid[]))) as members_mentioned
                      from current l
                    ), numbered as (
                      update conversations c set last_seq = c.last_seq + 1
                      from checked l
                      where c.id = l.id and l.reply_seen and l.may_mention and l.members_mentioned
                      returning c.id, c.last_seq, l.my_disappearing_seconds,
                        date_trunc('milliseconds', clock_timestamp()) as now
                    ), m as (
                      insert into messages (id, conversation_id, sender_id, seq, client_id,
                        content, created_at, expires_at, reply_to, mentions, forwarded)
                      select :id, n.id, :me, n.last_seq, :client_id, :content,
                        n.now, n.now + make_interval(secs => n.my_disappearing_seconds),
                        cast(:reply_to as uuid),
                        nullif(to_jsonb(cast(:mentions as uuid[])), '[]'), :forwarded
                      from numbered n
                      returning *
                    ), marked as (
                      update participants p
                      set last_read_seq = n.last_seq, last_delivered_seq = n.last_seq,
                        last_sent_seq = n.last_seq, marked_unread = false
                      from numbered n
                      where p.conversation_id = n.id and p.user_id = :me
                    ), fed as (
                      insert into feed (audience, type, entity)
                      select distinct a.audience, 'MESSAGE', m.id
                      from m cross join audience a
                    ), disappeared as (
                      delete from messages where id in (
                        select e.id
                        from numbered l join messages e on e.conversation_id = l.id
                        where e.expires_at <= now()
                        limit :disappearing
                        for update of e skip locked)
                    )
                    """
                    + ChangeRepository.HIDE
                    + """
                    select c.id is null as outdated, c.kind as kind_sent_to, c.reply_seen,
                      m.*,
                    """
                    + Stored.AUDIENCE
                    + """
                    from locked l left join checked c on true left join m on true
                    """)
            .bind("id", id.value())
            .bind("conversation", draft.conversationId().value())
            .bind("me", sender.value())
            .bind("client_id", draft.clientId().map(ClientId::value).orElse(null))
            .bind("content", draft.content())
            .bind("reply_to", draft.replyTo().map(MessageId::value).orElse(null))
            .bind("mentions", draft.mentions().ids())
            .bind("forwarded", draft.forwarded())
            .bind("disappearing", DISAPPEARING));
  }

  /** Why a message was not stored in a conversation in which its sender may write. */
  private static ChatException refusal(Row row) {
    if (!row.flag("reply_seen")) {
      return MessageTargetRepository.notFound();
    }
    return row.string("kind_sent_to").equals(ConversationKind.GROUP.name())
        ? Mentions.notInGroup()
        : Mentions.onlyInGroups();
  }

  /**
   * What this sender has sent under this id or client id, whoever may read it.
   *
   * @throws ChatException MESSAGE_GONE if it has disappeared
   */
  Optional<Stored> find(MessageId id, UserId sender, Optional<ClientId> clientId) {
    return sql.statement(
            SpentClientIdRepository.finding(
                "(m.id = :id or m.client_id = cast(:client_id as text))"))
        .bind("id", id.value())
        .bind("sender", sender.value())
        .bind("client_id", clientId.map(ClientId::value).orElse(null))
        .first(row -> SpentClientIdRepository.found(row, SendRepository::gone))
        .flatMap(Function.identity());
  }

  /** What is told of a message that has disappeared to who sends it again. */
  static ChatException gone() {
    return new ChatException(
        ErrorCode.MESSAGE_GONE, "what you sent under this clientId has disappeared");
  }

  /** Those of these messages that are stored, whoever may read them. */
  List<Stored> stored(List<UUID> ids) {
    return Pages.byIds(
        ids,
        MessageRepository.PAGE,
        some ->
            sql.statement(Stored.FOUND + "where m.id = any(cast(:ids as uuid[]))")
                .bind("ids", some)
                .list(Stored::from));
  }
}
