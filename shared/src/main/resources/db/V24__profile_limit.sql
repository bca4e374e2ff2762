-- How often each user has changed their profile or settings within a day, which begins with the first change, at changes_since. A
-- change is written to the feed of everybody who sees the user.
alter table users
  add column changes_since timestamptz(3),
  add column changes integer not null default 0,
  add constraint users_changes_in_a_day check (changes between 0 and 100);
