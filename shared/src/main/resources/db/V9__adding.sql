-- Who may add this user to groups.
alter table users
  add column add_to_groups text not null default 'FRIENDS',
  add constraint users_add_to_groups check (add_to_groups in ('FRIENDS', 'NOBODY'));
