-- Up to which seq each user has cleared a conversation's history: who leaves a group and comes back does not see it again.
create table cleared_histories (
  conversation_id uuid not null references conversations on delete cascade,
  user_id uuid not null references users on delete cascade,
  seq bigint not null,
  primary key (conversation_id, user_id)
);

-- Up to which seq somebody who comes into a group now does not see its past.
create function hidden_past(conversation uuid, newcomer uuid, history text, last_seq bigint) returns bigint language sql stable as
  $$ select greatest(case history when 'ALL' then 0 else last_seq end, (select c.seq from cleared_histories c where c.conversation_id = conversation and c.user_id = newcomer)) $$;
