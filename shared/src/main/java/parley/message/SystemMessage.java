package parley.message;

/**
 * The SQL of system messages: a change of a conversation is told in the same statement that makes
 * it, by a message of the kind SYSTEM with a seq of its own.
 */
public final class SystemMessage {
  /**
   * Stores what {@code told (id, kind, last_seq, change, content)} says, one row or none: the
   * conversation with its seq counted up, the change for programs and for people. It feeds the
   * message and the conversation to all participants, and leaves the message as {@code m}. Binds
   * {@code :message}, the message's id, {@code :client_id}, null for none, and {@code :me}, who
   * made the change.
   */
  public static final String STORE =
      """
      , m as (
        insert into messages
          (id, conversation_id, sender_id, seq, client_id, kind, change, content, created_at)
        select :message, t.id, :me, t.last_seq, cast(:client_id as text), 'SYSTEM', t.change,
          t.content, date_trunc('milliseconds', clock_timestamp())
        from told t
        returning *
      ), heard as (
        select p.audience from told t join participants p on p.conversation_id = t.id
        union
        select t.id from told t where t.kind = 'GROUP'
      ), fed as (
        insert into feed (audience, type, entity)
        select h.audience, 'MESSAGE', m.id from m cross join heard h
        union all
        select h.audience, 'CONVERSATION', m.conversation_id from m cross join heard h
      )
      """;

  private SystemMessage() {}
}
