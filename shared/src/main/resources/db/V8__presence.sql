-- Who is shown whether this user is online.
alter table users
  add column presence text not null default 'FRIENDS',
  add constraint users_presence check (presence in ('FRIENDS', 'NOBODY'));
