-- Up to which message each participant has been seen to write: the seq of their own last one. Who writes has read all before it, and
-- who sees the message knows that, also while a block lets receipts stand still.
alter table participants add column last_sent_seq bigint not null default 0;

-- What was written before a block began is in the receipts that stand still; only what came after it is missing.
update participants p
set last_sent_seq = m.seq
from (
  select s.conversation_id, s.user_id, max(m.seq) as seq
  from still_receipts s
  join messages m on m.conversation_id = s.conversation_id and m.sender_id = s.user_id and m.kind = 'TEXT'
  group by s.conversation_id, s.user_id) m
where p.conversation_id = m.conversation_id and p.user_id = m.user_id;

-- The same as before, but that in a group, where what a blocked person and a blocker write is shown to the other, a receipt that stands
-- still is not below the last message of its user. It does not go back when that message is deleted or has disappeared.
create or replace view visible_receipts as
select v.user_id as viewer_id, p.conversation_id, p.user_id,
  case when s.user_id is not null or b.blocked then greatest(s.delivered_seq, w.seq)
    else p.last_delivered_seq end as delivered_seq,
  case when v.user_id <> p.user_id and not (vu.read_receipts and pu.read_receipts) then null
    when s.user_id is not null or b.blocked then greatest(s.read_seq, w.seq)
    else p.last_read_seq end as read_seq
from participants v
join participants p on p.conversation_id = v.conversation_id
join conversations c on c.id = p.conversation_id
join users vu on vu.id = v.user_id
join users pu on pu.id = p.user_id
left join still_receipts s on s.conversation_id = p.conversation_id
  and s.viewer_id = v.user_id and s.user_id = p.user_id
cross join lateral (select case c.kind when 'GROUP' then p.last_sent_seq else 0 end as seq) w
cross join lateral (
  select exists (select from blocks b where b.blocker_id = p.user_id and b.blocked_id = v.user_id)
    or exists (select from blocks b where b.blocker_id = v.user_id and b.blocked_id = p.user_id)
    as blocked) b;
