-- What happened, for whom, in an order without a race: a row carries the id of the transaction that wrote it, and
-- readers read only up to the oldest transaction that still runs. package-info of parley.sync says how to write to it.
create table feed (
  audience uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null default gen_random_uuid(),
  type text not null,
  entity uuid not null,
  fed_at timestamptz(3) not null default now(),
  primary key (audience, xid, id)
);

create unique index feed_in_order on feed (xid, id);

-- Cursors name a row, so there is always one; this is nobody's.
insert into feed (audience, type, entity)
values ('00000000-0000-0000-0000-000000000000', 'START', '00000000-0000-0000-0000-000000000000');

-- Where what happens in a conversation is written for this participant: to their own feed or, where there are too many
-- for a row each, to the conversation's. The first may become the second, never the other way.
alter table participants add column shares_feed boolean not null default false;
alter table participants add column audience uuid not null
  generated always as (case when shares_feed then conversation_id else user_id end) stored;

create index participants_sharing_feed on participants (user_id, audience) where shares_feed;

-- In the order in which /sync goes through a user's conversations.
drop index participants_by_user;
create index participants_by_user on participants (user_id, conversation_id);
