create extension if not exists btree_gin;

-- What each user reacts to a message with. An empty set is kept, so that a statement that began before another one of the
-- same user replaces its set all the same. hidden: set while the other one of the two blocked the user, and theirs alone.
create table reactions (
  message_id uuid not null references messages on delete cascade,
  user_id uuid not null references users on delete cascade,
  emojis text[] not null,
  hidden boolean not null,
  primary key (message_id, user_id),
  constraint reactions_emojis check (cardinality(emojis) <= 5)
);

-- A message's reactions as one reader sees them, the most frequent first: emoji, count and whether it is the reader's too,
-- with spaces between. A deleted message has none.
create function message_reactions(message uuid, reader uuid) returns text language sql stable parallel safe
return (
  select string_agg(concat_ws(' ', s.emoji, s.count, s.own), ' ' order by s.count desc, s.emoji collate "C")
  from (
    select e.emoji, count(*) as count, bool_or(r.user_id = reader) as own
    from messages m
    join reactions r on r.message_id = m.id
    cross join unnest(r.emojis) as e (emoji)
    where m.id = message and m.deleted_at is null and (not r.hidden or r.user_id = reader)
    group by e.emoji) s);

-- How often others react to a message with each emoji. Volatile, so that a statement which calls this after it has waited
-- for a lock learns how it is then, and not how it was when the statement began.
create function reactions_of_others(message uuid, reader uuid) returns table (emoji text, count bigint) language sql volatile
as $$
  select e.emoji, count(*)
  from reactions r cross join unnest(r.emojis) as e (emoji)
  where r.message_id = message and r.user_id <> reader and not r.hidden
  group by e.emoji
$$;

-- Pinned messages. keeper has it pinned: the group, or each of two for themselves, as a blocked person's pins are theirs.
create table pins (
  conversation_id uuid not null references conversations on delete cascade,
  keeper uuid not null,
  message_id uuid not null references messages on delete cascade,
  pinned_by uuid not null references users on delete cascade,
  pinned_at timestamptz(3) not null,
  primary key (conversation_id, keeper, message_id)
);

create index pins_by_message on pins (message_id);

-- How many messages besides this one are pinned; volatile as reactions_of_others is.
create function other_pins(conversation uuid, kept_by uuid, message uuid) returns bigint language sql volatile
return (
  select count(*)
  from pins p join messages m on m.id = p.message_id
  where p.conversation_id = conversation and p.keeper = kept_by and p.message_id <> message
    and m.deleted_at is null and (m.expires_at is null or m.expires_at > now()));

create table stars (
  user_id uuid not null references users on delete cascade,
  message_id uuid not null references messages on delete cascade,
  starred_at timestamptz(3) not null,
  primary key (user_id, message_id)
);

create index stars_by_message on stars (message_id);

-- Words as a search compares them, with one space or more between: without case, accents and compatibility forms, the
-- Turkish letters i, with and without a dot, all alike. What is neither letter nor digit parts words, so that a link is
-- found by each of its parts. It depends on no setting and no language.
create function search_words(content text) returns text language sql immutable strict parallel safe
return regexp_replace(
  translate(
    lower(normalize(regexp_replace(normalize(content, NFKD), '[\u0300-\u036f]', '', 'g'), NFKC) collate "pg_c_utf8"),
    'ıς', 'iσ'),
  '[\u0001-\u002f\u003a-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u060c\u061b\u061f\u06d4\u0964\u0965'
  '\u2000-\u2bff\u3000-\u3004\u3007-\u3020\u3030\u303d\u30fb\ufe00-\ufe6f\ufff0-\uffff\U0001f000-\U0001faff\U000e0000-\U000effff]+',
  ' ', 'g');

-- A space around each character of a script that writes no spaces between words: of Thai, Lao, Burmese, Khmer, Japanese,
-- Chinese, and of Korean, whose words are found by their parts too.
create function search_tokens(words text) returns text language sql immutable strict parallel safe
return regexp_replace(
  words,
  '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3006\u3031-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])',
  ' \1 ', 'g');

-- The words of a message with their places. Written by hand and not by to_tsvector, whose parser follows the database's locale.
create function search_vector(content text) returns tsvector language sql immutable strict parallel safe
return (
  select cast(coalesce(string_agg(concat('''', t.token, '''', chr(58), least(t.place, 16383)), ' '), '') as tsvector)
  from (
    select left(s.token, 500) as token, row_number() over (order by s.place) as place
    from string_to_table(search_tokens(search_words(content)), ' ') with ordinality as s (token, place)
    where s.token <> '') t);

-- What a search asks for: all of its words, each from its beginning; null if it has none. The words are letters and digits
-- only, so that nothing that is typed is syntax.
create function search_query(typed text) returns tsquery language sql immutable strict parallel safe
return (
  select cast(
    string_agg(
      concat(regexp_replace(trim(search_tokens(left(w.word, 500))), ' +', ' <-> ', 'g'), chr(58), '*'), ' & ')
    as tsquery)
  from string_to_table(search_words(typed), ' ') as w (word)
  where w.word <> '');

-- A search looks into each conversation of the user for itself.
create index messages_search on messages using gin (conversation_id, search_vector(content)) where kind = 'TEXT';
