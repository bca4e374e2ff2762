-- A conversation is of two, or a group with a title and members that come and go. membership_version counts every change
-- of who takes part and in which role. A statement sees the database as it was when it began, also after it has waited
-- for the conversation's lock; if the version under the lock is the one that it sees, it sees the members of now, and
-- otherwise it changes nothing and is run again.
alter table conversations
  alter column user_low drop not null,
  alter column user_high drop not null,
  add column kind text not null default 'DIRECT',
  add column title text,
  add column picture text,
  add column history text,
  add column member_count integer,
  add column membership_version bigint not null default 0,
  add column disappearing_seconds integer,
  add constraint conversations_kind check (
    case kind
      when 'DIRECT' then user_low is not null and user_high is not null
        and title is null and picture is null and history is null and member_count is null
      when 'GROUP' then user_low is null and user_high is null
        and title is not null and history is not null and member_count is not null
      else false
    end),
  add constraint conversations_title_length check (char_length(title) between 1 and 100),
  add constraint conversations_picture_length check (char_length(picture) between 1 and 1024),
  add constraint conversations_history check (history in ('ALL', 'JOINED')),
  add constraint conversations_member_count check (member_count between 1 and 1000),
  add constraint conversations_disappearing check (disappearing_seconds between 3600 and 7776000);

-- visible_from_seq: this participant sees what is numbered above it. It is where the past begins that a newcomer is not
-- shown, or that somebody cleared for themselves.
alter table participants
  add column role text not null default 'MEMBER',
  add column joined_at timestamptz(3),
  add column visible_from_seq bigint not null default 0,
  add column muted_until timestamptz(3),
  add column archived boolean not null default false,
  add column pinned_at timestamptz(3),
  add column marked_unread boolean not null default false,
  add constraint participants_role check (role in ('OWNER', 'ADMIN', 'MEMBER')),
  add constraint participants_visible_from_seq check (visible_from_seq >= 0);

-- Deferrable, so that one statement can hand the group over.
alter table participants
  add constraint participants_one_owner exclude using btree (conversation_id with =) where (role = 'OWNER') deferrable;

-- A system message tells of a change of the conversation: change says which, for programs, and content for people.
alter table messages
  add column kind text not null default 'TEXT',
  add column change jsonb,
  add column expires_at timestamptz(3),
  add constraint messages_kind check (kind in ('TEXT', 'SYSTEM')),
  add constraint messages_change check ((kind = 'SYSTEM') = (change is not null));

create index messages_expiring on messages (conversation_id, expires_at) where expires_at is not null;

-- Only a hash of the token is kept: who reads the database cannot join by it.
create table invites (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  created_by uuid not null references users on delete cascade,
  token_hash text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  max_uses integer,
  uses integer not null default 0,
  constraint invites_token_hash_key unique (token_hash),
  constraint invites_uses check (uses between 0 and coalesce(max_uses, uses))
);

create index invites_by_conversation on invites (conversation_id, expires_at);

-- Whom an admin removed: no invite lets them in again, only an admin does.
create table removed_members (
  conversation_id uuid not null references conversations on delete cascade,
  user_id uuid not null references users on delete cascade,
  primary key (conversation_id, user_id)
);

-- Which messages each participant may read. Everything that shows messages reads them here.
create or replace view visible_messages as
select p.user_id as reader_id, m.*
from participants p
join messages m on m.conversation_id = p.conversation_id
where m.seq > p.visible_from_seq
  and (m.expires_at is null or m.expires_at > now())
  and not exists (
    select from hidden_messages h where h.user_id = p.user_id and h.message_id = m.id);
