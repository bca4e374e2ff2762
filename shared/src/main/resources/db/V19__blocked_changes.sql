-- What a blocked person changes in a conversation of two holds for that person alone. The columns below keep it apart from
-- what the other one has.

-- How long messages of user_low and of user_high last, if they set it while the other one blocked them: 0 for messages that
-- stay, null if they have set nothing. The end of the last block between the two clears both.
alter table conversations
  add column own_disappearing_low integer,
  add column own_disappearing_high integer,
  add constraint conversations_own_disappearing_low check (
    own_disappearing_low = 0 or own_disappearing_low between 3600 and 7776000),
  add constraint conversations_own_disappearing_high check (
    own_disappearing_high = 0 or own_disappearing_high between 3600 and 7776000);

-- The version of a message that everybody but its sender still sees, if the sender edited or deleted the message while the
-- other one of the two blocked them: content, editedAt, replyTo and forwarded. A later edit or deletion without a block
-- removes it.
alter table messages
  add column kept jsonb,
  add constraint messages_kept check (kept is null or kind = 'TEXT');

-- A search by the words of kept versions.
create index messages_kept on messages (conversation_id) where kept is not null;

-- The emojis that the other one of the two still sees, if the user changed them while the other one blocked them.
alter table reactions
  add column kept text[] not null default '{}';

-- The same as before, with the kept version for everybody but the sender.
create or replace view visible_messages as
select p.user_id as reader_id, m.id, m.conversation_id, m.sender_id, m.seq, m.client_id,
  case when k.kept then m.kept ->> 'content' else m.content end as content,
  m.created_at, m.kind, m.change, m.expires_at,
  case when k.kept then cast(m.kept ->> 'editedAt' as timestamptz(3)) else m.edited_at end as edited_at,
  case when k.kept then cast(null as timestamptz(3)) else m.deleted_at end as deleted_at,
  case when k.kept then cast(m.kept ->> 'replyTo' as uuid) else m.reply_to end as reply_to,
  m.mentions,
  case when k.kept then cast(m.kept ->> 'forwarded' as boolean) else m.forwarded end as forwarded
from participants p
join messages m on m.conversation_id = p.conversation_id
cross join lateral (select m.kept is not null and m.sender_id <> p.user_id as kept) k
where m.seq > p.visible_from_seq
  and (m.expires_at is null or m.expires_at > now())
  and not exists (
    select from hidden_messages h where h.user_id = p.user_id and h.message_id = m.id);

-- The same as before, with the kept emojis and the kept version for everybody but whose they are.
create or replace function message_reactions(message uuid, reader uuid) returns text language sql stable parallel safe
return (
  select string_agg(concat_ws(' ', s.emoji, s.count, s.own), ' ' order by s.count desc, s.emoji collate "C")
  from (
    select e.emoji, count(*) as count, bool_or(r.user_id = reader) as own
    from messages m
    join reactions r on r.message_id = m.id
    cross join unnest(case when r.hidden and r.user_id <> reader then r.kept else r.emojis end) as e (emoji)
    where m.id = message and (m.deleted_at is null or (m.kept is not null and m.sender_id <> reader))
    group by e.emoji) s);

create or replace function reactions_of_others(message uuid, reader uuid) returns table (emoji text, count bigint) language sql volatile
as $$
  select e.emoji, count(*)
  from reactions r cross join unnest(case when r.hidden then r.kept else r.emojis end) as e (emoji)
  where r.message_id = message and r.user_id <> reader
  group by e.emoji
$$;
