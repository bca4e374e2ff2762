-- To how many groups each user has added each other one within a day; the row of a user and themselves counts the groups that they
-- made. The day begins with the first of them, at since. Leaving a group takes nothing back.
create table group_additions (
  adder_id uuid not null references users on delete cascade,
  added_id uuid not null references users on delete cascade,
  since timestamptz(3) not null,
  count integer not null,
  primary key (adder_id, added_id),
  constraint group_additions_in_a_day check (count between 1 and 50)
);

create index group_additions_by_added on group_additions (added_id);

-- A user is in 1,000 groups at most. Who is added to several at once may pass it by as many.
create function refuse_too_many_groups() returns trigger language plpgsql as
  $$ begin if (select count(*) from participants p where p.user_id = new.user_id and p.shares_feed) > 1000 then raise exception using errcode = 'check_violation', message = 'a user is in more than 1000 groups, constraint "participants_groups_of_a_user"'; end if; return null; end $$;

create trigger participants_groups_of_a_user after insert on participants
  for each row when (new.shares_feed)
  execute function refuse_too_many_groups();
