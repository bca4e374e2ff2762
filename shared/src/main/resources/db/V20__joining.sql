-- The seq of a conversation's last message when this participant came into it: what came later was fed to them, older messages
-- were not, though they may see them.
alter table participants
  add column joined_seq bigint not null default 0,
  add constraint participants_joined_seq check (joined_seq >= 0);

-- The message that tells of a member's last coming into the group says when that was. Who came before all that is left there
-- has 0, which was fed to nobody who came later.
update participants p set joined_seq = came.seq - 1
from (
  select c.conversation_id, c.user_id, max(c.seq) as seq
  from (
    select m.conversation_id, m.sender_id as user_id, m.seq
    from messages m where m.change ->> 'type' = 'MEMBER_JOINED'
    union all
    select m.conversation_id, cast(u.id as uuid), m.seq
    from messages m cross join jsonb_array_elements_text(m.change -> 'userIds') as u (id)
    where m.change ->> 'type' = 'MEMBERS_ADDED') c
  group by c.conversation_id, c.user_id) came
where p.conversation_id = came.conversation_id and p.user_id = came.user_id;
