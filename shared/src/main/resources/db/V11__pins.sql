-- How many messages besides this one are pinned and seen by who keeps them: by one of two, or by anybody in the group. What
-- nobody sees any more nobody can unpin either.
create or replace function other_pins(conversation uuid, kept_by uuid, message uuid) returns bigint language sql volatile
return (
  select count(*)
  from pins p
  where p.conversation_id = conversation and p.keeper = kept_by and p.message_id <> message
    and exists (
      select from visible_messages v
      where v.id = p.message_id and v.deleted_at is null and kept_by in (v.reader_id, v.conversation_id)));
