-- The clientIds of messages that were removed: a retry of such a message is refused and not sent again. A clientId is kept until 30
-- days after the message was sent; the sweep at night deletes it then. This holds for the messages of a group that has ended too, and
-- for the clientId that the group was made under.
create table spent_client_ids (
  sender_id uuid not null references users on delete cascade,
  client_id text not null,
  sent_at timestamptz(3) not null,
  primary key (sender_id, client_id)
);

create index spent_client_ids_by_time on spent_client_ids (sent_at);

-- Nothing is kept of a user who is being deleted, whose messages go with them.
create function keep_spent_client_id() returns trigger language plpgsql as
  $$ begin insert into spent_client_ids (sender_id, client_id, sent_at) select old.sender_id, old.client_id, old.created_at where exists (select from users u where u.id = old.sender_id) on conflict do nothing; return null; end $$;

-- It looks after the insert, because the insert waits for a removal of the same clientId that is under way. EXPLAIN ANALYZE gives it
-- 0.01 ms of a send of 0.5 ms, with 200,000 rows in the table.
create function refuse_spent_client_id() returns trigger language plpgsql as
  $$ begin if exists (select from spent_client_ids s where s.sender_id = new.sender_id and s.client_id = new.client_id) then raise exception using errcode = 'check_violation', message = 'this clientId is spent, constraint "messages_client_id_spent"'; end if; return null; end $$;

create trigger messages_client_id_kept after delete on messages
  for each row when (old.client_id is not null and old.created_at > now() - interval '30 days')
  execute function keep_spent_client_id();

create trigger messages_client_id_spent after insert on messages
  for each row when (new.client_id is not null)
  execute function refuse_spent_client_id();
