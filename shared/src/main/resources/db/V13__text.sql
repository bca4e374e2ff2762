-- Text follows one rule from now on (parley.platform.Text). Names and titles stand in one line, show something and have
-- controls of the direction in pairs only, so that one cannot turn round the sentence that it stands in. Stored ones lose
-- what nobody sees, and nothing else: a line break or tab within becomes a space.

-- A name or title within a sentence: what is written from right to left stays between the two (UAX 9, isolates).
create function isolated(name text) returns text language sql immutable strict parallel safe
return concat(chr(8296), name, chr(8297));

-- Without white space around it.
create function stripped(content text) returns text language sql immutable strict parallel safe
return regexp_replace(content,
  '^[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+'
  '|[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$', '', 'g');

-- Without controls but those that break a line, and without controls of the direction unless all of them are in pairs.
create function ordered(content text) returns text language sql immutable strict parallel safe
return (
  select case
    when s.kept ~ '^([^\u202a-\u202e\u2066-\u2069]|[\u202a\u202b\u202d\u202e][^\u202a-\u202e\u2066-\u2069\t\n\r\u2028\u2029]*\u202c'
      '|[\u2066-\u2068][^\u202a-\u202e\u2066-\u2069\t\n\r\u2028\u2029]*\u2069)*$' then s.kept
    else regexp_replace(s.kept, '[\u202a-\u202e\u2066-\u2069]', '', 'g') end
  from (
    select regexp_replace(
      translate(content, concat(chr(11), chr(12), chr(133)), repeat(chr(10), 3)),
      '[\u0001-\u0008\u000e-\u001f\u007f-\u009f]', '', 'g') as kept) s);

-- A text without anything that shows becomes empty.
create function shown(content text) returns text language sql immutable strict parallel safe
return case when content ~ '[^\u0001-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f'
  '\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U00013442'
  '\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]'
  then stripped(content) else '' end;

create function cleaned_line(content text) returns text language sql immutable strict parallel safe
return shown(ordered(regexp_replace(content, '[\u0009-\u000d\u0085\u2028\u2029]+', ' ', 'g')));

-- Sentences that were made before. Their names are not known any more.
with changed as (
  update messages m set content = regexp_replace(m.content, '[\u202a-\u202e\u2066-\u2069]', '', 'g')
  where m.kind = 'SYSTEM' and m.content ~ '[\u202a-\u202e\u2066-\u2069]'
  returning m.id, m.conversation_id
)
insert into feed (audience, type, entity)
select distinct p.audience, 'MESSAGE', c.id
from changed c join participants p on p.conversation_id = c.conversation_id;

with changed as (
  update conversations set title = coalesce(nullif(cleaned_line(title), ''), 'Unnamed')
  where title <> cleaned_line(title)
  returning id
)
insert into feed (audience, type, entity)
select distinct p.audience, 'CONVERSATION', c.id
from changed c join participants p on p.conversation_id = c.id;

-- Nobody registers meanwhile, so that an email that is free stays so.
lock table users in share row exclusive mode;

with changed as (
  update users set
    name = coalesce(nullif(cleaned_line(name), ''), handle, 'Unnamed'),
    about_me = shown(ordered(about_me))
  where name <> cleaned_line(name) or about_me <> shown(ordered(about_me))
  returning id
)
insert into feed (audience, type, entity)
select id, 'ACCOUNT', id from changed
union all
select case when f.sender_id = c.id then f.receiver_id else f.sender_id end, 'FRIEND', c.id
from changed c
join friendships f on f.status = 'ACCEPTED' and c.id in (f.sender_id, f.receiver_id)
where not exists (
  select from blocks b
  where b.blocked_id = c.id and b.blocker_id in (f.sender_id, f.receiver_id));

-- An email that somebody else has without the white space stays as it is: its account is another one, and logging in with
-- the white space still finds it.
with changed as (
  update users u set email = s.email
  from (
    select id, stripped(email) as email,
      row_number() over (partition by stripped(email) order by created_at, id) as turn
    from users
    where email <> stripped(email)) s
  where u.id = s.id and s.turn = 1 and s.email ~ '^[^@]+@[^@.]+(\.[^@.]+)+$'
    and not exists (select from users o where o.email = s.email)
  returning u.id
)
insert into feed (audience, type, entity)
select id, 'ACCOUNT', id from changed;

drop function cleaned_line(text);
drop function shown(text);
drop function ordered(text);
drop function stripped(text);
