-- A handle is compared without case; it is ASCII, so that no two look alike and lower() means the same everywhere.
alter table users
  add column handle text,
  add column find_by_email text not null default 'EVERYONE',
  add constraint users_handle_form check (handle ~ '^[A-Za-z][A-Za-z0-9_]{2,29}$'),
  add constraint users_find_by_email check (find_by_email in ('EVERYONE', 'NOBODY')),
  add constraint users_profile_image_length check (char_length(profile_image) between 1 and 1024);

-- Serves "taken by whom" and "begins with" alike.
create unique index users_handle_key on users (lower(handle) text_pattern_ops);

create table blocks (
  blocker_id uuid not null references users on delete cascade,
  blocked_id uuid not null references users on delete cascade,
  created_at timestamptz(3) not null,
  primary key (blocker_id, blocked_id),
  constraint blocks_not_oneself check (blocker_id <> blocked_id)
);

create index blocks_by_blocked on blocks (blocked_id);

-- What blocks says of a direct conversation's two, on the row whose lock orders sends and blocks: a send that waited for
-- the lock reads these as they are then, and blocks only as it was when its statement began. A block of two who never
-- talked makes the row too, without participants, so that a conversation made at the same moment carries it.
alter table conversations
  add column blocked_by_low boolean not null default false,
  add column blocked_by_high boolean not null default false;

-- Messages that one participant never sees: sent to them while they blocked the sender.
create table hidden_messages (
  user_id uuid not null references users on delete cascade,
  message_id uuid not null references messages on delete cascade,
  primary key (user_id, message_id)
);

create index hidden_messages_by_message on hidden_messages (message_id);

-- Which messages each participant may read. Everything that shows messages reads them here.
create view visible_messages as
select p.user_id as reader_id, m.*
from participants p
join messages m on m.conversation_id = p.conversation_id
where not exists (
  select from hidden_messages h where h.user_id = p.user_id and h.message_id = m.id);
