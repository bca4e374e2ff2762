-- A name as a search compares it: folded and without white space, as names in Chinese and Japanese are written with a space
-- and without.
create function name_text(name text) returns text language sql immutable parallel safe
return regexp_replace(folded(name) collate "pg_c_utf8", '\s+', '', 'g');

-- What was typed, as it stands in the name_text of a person who is found: each part between white space.
create function name_parts(typed text) returns text[] language sql immutable parallel safe
return array_remove(
  string_to_array(regexp_replace(folded(typed) collate "pg_c_utf8", '\s+', ' ', 'g'), ' '), '');

-- The keys by which the index finds a person by a part of their name: each character, pair and triple.
create function name_keys(name text) returns text[] language sql immutable parallel safe
return array(
  select substr(n.text, p.place, s.size)
  from (select name_text(name) as text offset 0) n, generate_series(1, char_length(n.text)) p (place),
    generate_series(1, 3) s (size)
  where p.place + s.size <= char_length(n.text) + 1);

-- Keys that a name has if it has these parts: their triples, or all of a part that is shorter.
create function name_query_keys(parts text[]) returns text[] language sql immutable parallel safe
return array(
  select distinct substr(w.part, p.place, 3)
  from unnest(parts) w (part), generate_series(1, greatest(char_length(w.part) - 2, 1)) p (place));

-- Whether a name has all parts; null without any.
create function has_parts(name text, parts text[]) returns boolean language sql immutable parallel safe
return (
  select bool_and(strpos(n.text, w.part) > 0)
  from (select name_text(name) as text offset 0) n, unnest(parts) w (part));

-- Both compare bytes, as messages_search does.
drop index users_name_search;
create index users_name_search on users using gin (name_keys(name) collate "C");
create index users_email_search on users (folded(email) collate "C");
