-- The feed is in the order of transaction ids. A database that was filled by a dump or by logical replication counts them
-- from the start again and may be below those of the feed's rows: new rows would then come before what clients have read.
-- Restarting the feed removes every row, so no client's cursor is in it and all of them start over. The lock of schema_migrations
-- keeps it apart from a migration that changes the rights on the same table.
create function restart_feed() returns void language sql as
  $$ lock table schema_migrations in exclusive mode; truncate feed; insert into feed (audience, xid, type, entity) values ('00000000-0000-0000-0000-000000000000', '0', 'START', '00000000-0000-0000-0000-000000000000') $$;

revoke execute on function restart_feed() from public;

-- Restarts the feed if it has a row of a transaction that this database has not begun yet. It checks again under the lock,
-- because another session may have restarted the feed in between. The functions' role may not truncate, so this function
-- runs with its owner's rights.
create function restart_feed_if_imported() returns boolean language plpgsql security definer set search_path = public, pg_temp as
  $$ begin for attempt in 1..2 loop if not exists (select from feed where xid >= pg_snapshot_xmax(pg_current_snapshot())) then return false; end if; lock table schema_migrations in exclusive mode; lock table feed in access exclusive mode; end loop; perform restart_feed(); return true; end $$;
