-- Counts the changes of what others see of a user: of two versions of a profile the one with the higher number is the later.
alter table users add column profile_version bigint not null default 0;

-- The feed that has somebody's profile changes for those who have no row of their own for them.
create function profile_feed(person uuid) returns uuid language sql immutable strict parallel safe
return cast(md5('profile ' || cast(person as text)) as uuid);

-- Whose profile each user follows: of everybody whom a friend request, a block or a conversation of two has shown them. A row stays when
-- that ends, because deleting it would race with what begins at that moment; what a user may not see any more, /sync does not give them.
-- The first 500 who follow somebody are each fed a change in their own feed, all others in one that they share: so a change costs 500
-- rows at most, and reading costs a range of an index for each contact whom more than 500 others know.
create table contacts (
  user_id uuid not null references users on delete cascade,
  contact_id uuid not null references users on delete cascade,
  shares_feed boolean not null,
  audience uuid not null
    generated always as (case when shares_feed then profile_feed(contact_id) else user_id end) stored,
  primary key (user_id, contact_id)
);

create index contacts_with_a_row_each on contacts (contact_id, user_id) where not shares_feed;
create index contacts_sharing_feed on contacts (user_id, audience) where shares_feed;

-- Lets each of the followers follow each of the people, oneself excepted. Their profiles stand still until this is committed, so that a
-- change either sees the new row or is seen by who reads it.
create function follow_profiles(followers uuid[], people uuid[]) returns void language sql volatile as
  $$ with person as (
       select u.id from users u where u.id = any(followers || people) order by u.id for share
     )
     insert into contacts (user_id, contact_id, shares_feed)
     select f.id, p.id,
       exists (select from contacts c where c.contact_id = p.id and not c.shares_feed offset 499)
     from person f join person p on p.id = any(people) and p.id <> f.id
     where f.id = any(followers)
     order by f.id, p.id
     on conflict do nothing $$;

create function follow_by_friendship() returns trigger language plpgsql as
  $$ begin perform follow_profiles(array[new.sender_id, new.receiver_id], array[new.sender_id, new.receiver_id]); return null; end $$;

create function follow_by_block() returns trigger language plpgsql as
  $$ begin perform follow_profiles(array[new.blocker_id], array[new.blocked_id]); return null; end $$;

-- Who comes into a conversation holds their own profile still: the members of a group learn of a change by the group's feed.
create function follow_by_conversation() returns trigger language plpgsql as
  $$ begin perform from users u where u.id = new.user_id for share; perform follow_profiles(array[c.user_low, c.user_high], array[c.user_low, c.user_high]) from conversations c where c.id = new.conversation_id and c.kind = 'DIRECT'; return null; end $$;

create trigger friendships_follow after insert on friendships for each row execute function follow_by_friendship();
create trigger blocks_follow after insert on blocks for each row execute function follow_by_block();
create trigger participants_follow after insert on participants for each row execute function follow_by_conversation();

insert into contacts (user_id, contact_id, shares_feed)
select pair.user_id, pair.contact_id,
  row_number() over (partition by pair.contact_id order by pair.user_id) > 500
from (
  select f.sender_id as user_id, f.receiver_id as contact_id from friendships f
  union select f.receiver_id, f.sender_id from friendships f
  union select b.blocker_id, b.blocked_id from blocks b
  union select p.user_id, case p.user_id when c.user_low then c.user_high else c.user_low end
    from conversations c join participants p on p.conversation_id = c.id where c.kind = 'DIRECT') pair;

-- Who was in a group and is not now, with the seq of the message that told of it: whoever may see that message, or an earlier one, may
-- see who it was. Somebody who comes back keeps the row.
create table former_members (
  user_id uuid not null references users on delete cascade,
  conversation_id uuid not null references conversations on delete cascade,
  left_seq bigint not null,
  primary key (user_id, conversation_id)
);

create index former_members_by_conversation on former_members (conversation_id);

insert into former_members (user_id, conversation_id, left_seq)
select named.user_id, named.conversation_id, max(named.seq)
from (
  select m.sender_id as user_id, m.conversation_id, m.seq
  from messages m join conversations c on c.id = m.conversation_id and c.kind = 'GROUP'
  union all
  select cast(u.id as uuid), m.conversation_id, m.seq
  from messages m cross join jsonb_array_elements_text(m.change -> 'userIds') as u (id)
  where m.kind = 'SYSTEM') named
where not exists (
    select from participants p
    where p.conversation_id = named.conversation_id and p.user_id = named.user_id)
  and exists (select from users u where u.id = named.user_id)
group by named.user_id, named.conversation_id;

-- To which feeds a change of somebody's profile goes: to those of their contacts, and one row to each group that they are or were in,
-- whose members share its feed. Volatile, so that a statement which calls this after it has waited for the lock of the profile learns how
-- it is then, and not how it was when the statement began.
create function profile_audiences(person uuid) returns setof uuid language sql volatile as
  $$ select c.user_id from contacts c where c.contact_id = person and not c.shares_feed
     union select profile_feed(person)
     union select p.audience from participants p where p.user_id = person and p.shares_feed
     union select f.conversation_id from former_members f where f.user_id = person $$;
