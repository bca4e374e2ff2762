-- Tells participants anew of conversations of which messages were removed after they had disappeared: a device that never had such a
-- message does not know that it was there, and that its sender had read all before it. Of a group with more than 50 members no
-- receipts are told. It gives how many rows it added to the feed.
create function tell_of_removed(conversations_of uuid[]) returns bigint language sql as
$$
  with told as (
    insert into feed (audience, type, entity)
    select distinct p.audience, t.type, c.id
    from unnest(conversations_of) as removed (conversation_id)
    join conversations c on c.id = removed.conversation_id
    join participants p on p.conversation_id = c.id
    cross join (values ('CONVERSATION'), ('RECEIPT')) t (type)
    where t.type = 'CONVERSATION' or (c.kind = 'GROUP' and c.member_count <= 50)
    returning id
  )
  select count(*) from told
$$;

-- Stores a message under the next seq of its conversation. It is a function because Postgres keeps the plans of its statements for a
-- session: parsing and planning them took two thirds of a send. It gives
--   no row if the sender is not a participant, or blocks the other one of the two;
--   a row with the reason in `refused` if what the message answers or mentions is not there;
--   a row with the message in `m` and the ids of the participants who are to be told in `audience`, separated by commas.
-- A message that is stored already violates messages_pkey or messages_client_id, one that has disappeared messages_client_id_spent.
create function send_message(
  message uuid, sender uuid, conversation uuid, client text, content text, reply uuid, mentioned uuid[], forwarded boolean,
  out refused text, out audience text, out m messages) returns setof record language plpgsql as
$$
declare
  c conversations;
  hidden boolean;
  participates boolean;
  marked boolean;
  members_mentioned bigint;
  feeds uuid[];
  number bigint;
  sent_at timestamptz;
begin
  -- Only a participant may wait for the conversation's turn.
  if not exists (select from participants p where p.conversation_id = conversation and p.user_id = sender) then
    return;
  end if;

  -- The feed is in the order of transaction ids. A lock of a row may give the transaction its id before it has waited for the row,
  -- an advisory lock does not. So messages are in the feed in the order of their seq.
  perform pg_advisory_xact_lock(hashtextextended(cast(conversation as text), 0));
  select * into c from conversations where id = conversation for no key update;
  if coalesce(case sender when c.user_low then c.blocked_by_low when c.user_high then c.blocked_by_high end, false) then
    return;
  end if;
  hidden := coalesce(case sender when c.user_low then c.blocked_by_high when c.user_high then c.blocked_by_low end, false);

  -- Each statement sees what was committed before it began: here the participants as of the lock.
  select
    string_agg(cast(p.user_id as text), ','), array_agg(distinct p.audience), coalesce(bool_or(p.user_id = sender), false),
    coalesce(bool_or(p.user_id = sender and p.marked_unread), false), count(*) filter (where p.user_id = any(mentioned))
  into audience, feeds, participates, marked, members_mentioned
  from participants p
  where p.conversation_id = conversation and (p.user_id = sender or not hidden);
  if not participates then
    return;
  end if;

  if reply is not null and not exists (
      select from visible_messages v where v.reader_id = sender and v.conversation_id = conversation and v.id = reply) then
    refused := 'REPLY';
  elsif mentioned <> '{}' and c.kind <> 'GROUP' then
    refused := 'MENTION_OUTSIDE_OF_A_GROUP';
  elsif cardinality(mentioned) <> members_mentioned then
    refused := 'MENTION_OF_A_STRANGER';
  end if;
  if refused is not null then
    return next;
    return;
  end if;

  update conversations set last_seq = last_seq + 1 where id = conversation returning last_seq into number;
  sent_at := date_trunc('milliseconds', clock_timestamp());
  insert into messages
    (id, conversation_id, sender_id, seq, client_id, content, created_at, expires_at, reply_to, mentions, forwarded)
  values (
    message, conversation, sender, number, client, content, sent_at,
    sent_at + make_interval(secs => nullif(
      coalesce(
        case sender when c.user_low then c.own_disappearing_low when c.user_high then c.own_disappearing_high end,
        c.disappearing_seconds),
      0)),
    reply, nullif(to_jsonb(mentioned), '[]'), forwarded)
  returning * into m;

  -- The sender has read what they wrote.
  update participants p
  set last_read_seq = number, last_delivered_seq = number, last_sent_seq = number, marked_unread = false
  where p.conversation_id = conversation and p.user_id = sender;
  insert into feed (audience, type, entity) select feed_of, 'MESSAGE', message from unnest(feeds) as feed_of;
  -- The sender's other devices learn that the reminder to read it is gone.
  if marked then
    insert into feed (audience, type, entity) values (sender, 'CONVERSATION', conversation);
  end if;

  -- The message of a blocked person is hidden from the other one.
  if hidden then
    insert into hidden_messages (user_id, message_id)
    select p.user_id, message from participants p where p.conversation_id = conversation and p.user_id <> sender
    on conflict do nothing;
  end if;

  -- Removes what has disappeared, but for what somebody else is removing, so that neither waits for the other.
  delete from messages where id in (
    select e.id from messages e
    where e.conversation_id = conversation and e.expires_at <= now()
    limit 500
    for update skip locked);
  if found then
    perform tell_of_removed(array[conversation]);
  end if;
  return next;
end
$$;
