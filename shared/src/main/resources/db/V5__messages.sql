-- A message that its sender changed has edited_at. One that was deleted for everyone keeps its place, its seq and who
-- wrote it, and nothing of what was written. reply_to is an id and no foreign key: what it names may have disappeared.
alter table messages
  add column edited_at timestamptz(3),
  add column deleted_at timestamptz(3),
  add column reply_to uuid,
  add column mentions jsonb,
  add column forwarded boolean not null default false,
  drop constraint messages_content_length,
  add constraint messages_content_length check (
    case when deleted_at is null then char_length(content) between 1 and 4000
      else content = '' and edited_at is null and reply_to is null and mentions is null and not forwarded end),
  add constraint messages_written_by_nobody check (
    kind = 'TEXT'
    or (edited_at is null and deleted_at is null and reply_to is null and mentions is null and not forwarded));

-- The same as before, with the new columns of messages.
create or replace view visible_messages as
select p.user_id as reader_id, m.*
from participants p
join messages m on m.conversation_id = p.conversation_id
where m.seq > p.visible_from_seq
  and (m.expires_at is null or m.expires_at > now())
  and not exists (
    select from hidden_messages h where h.user_id = p.user_id and h.message_id = m.id);
