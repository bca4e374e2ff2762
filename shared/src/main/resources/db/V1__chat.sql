create extension if not exists pg_trgm;

create table users (
  id uuid primary key,
  email text not null,
  name text not null,
  password_hash text not null,
  profile_image text,
  about_me text,
  created_at timestamptz(3) not null,
  constraint users_email_key unique (email),
  constraint users_email_is_lower_case check (email = lower(email) and char_length(email) <= 254),
  constraint users_name_length check (char_length(name) between 1 and 100),
  constraint users_about_me_length check (char_length(about_me) <= 500)
);

create index users_name_search on users using gin (lower(name) gin_trgm_ops);

-- One row a login. Only the newest refresh token of a session is good; showing an older one ends it.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  refresh_token_id uuid not null,
  expires_at timestamptz(3) not null
);

create index sessions_by_user on sessions (user_id, expires_at);

-- One row for two people, whichever of them asked: its lock orders all that happens between them.
create table friendships (
  id uuid primary key,
  sender_id uuid not null references users on delete cascade,
  receiver_id uuid not null references users on delete cascade,
  status text not null,
  created_at timestamptz(3) not null,
  answered_at timestamptz(3),
  constraint friendships_not_with_oneself check (sender_id <> receiver_id),
  constraint friendships_status check (status in ('PENDING', 'ACCEPTED', 'REJECTED')),
  constraint friendships_answered check ((status = 'PENDING') = (answered_at is null))
);

create unique index friendships_pair
  on friendships (least(sender_id, receiver_id), greatest(sender_id, receiver_id));
create index friendships_by_sender on friendships (sender_id, status);
create index friendships_by_receiver on friendships (receiver_id, status);

-- The lock on a conversation's row orders its senders; last_seq counts its messages.
create table conversations (
  id uuid primary key,
  user_low uuid not null references users on delete cascade,
  user_high uuid not null references users on delete cascade,
  last_seq bigint not null default 0,
  created_at timestamptz(3) not null,
  constraint conversations_pair unique (user_low, user_high),
  constraint conversations_pair_order check (user_low < user_high),
  constraint conversations_last_seq check (last_seq >= 0)
);

create table participants (
  conversation_id uuid not null references conversations on delete cascade,
  user_id uuid not null references users on delete cascade,
  last_read_seq bigint not null default 0,
  primary key (conversation_id, user_id),
  constraint participants_last_read_seq check (last_read_seq >= 0)
);

create index participants_by_user on participants (user_id);

create table messages (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  sender_id uuid not null references users on delete cascade,
  seq bigint not null,
  client_id text,
  content text not null,
  created_at timestamptz(3) not null,
  constraint messages_seq unique (conversation_id, seq),
  constraint messages_client_id unique (sender_id, client_id),
  constraint messages_seq_from_one check (seq >= 1),
  constraint messages_content_length check (char_length(content) between 1 and 4000)
);
