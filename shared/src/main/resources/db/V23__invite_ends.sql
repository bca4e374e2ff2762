-- An invite is good as long as its maker may make invites: it ends when they are demoted, are removed or leave. The trigger fires for
-- a change of roles only, so a send, which writes participants too, does not pay for it. Its statement sees what is committed by then:
-- whoever makes an invite holds the lock of their own row, so that it is there before the change or is made after it.
create function end_invites() returns trigger language plpgsql as
  $$ begin delete from invites i where i.conversation_id = old.conversation_id and i.created_by = old.user_id; return null; end $$;

create trigger participants_demotion_ends_invites after update of role on participants
  for each row when (old.role <> 'MEMBER' and new.role = 'MEMBER')
  execute function end_invites();

create trigger participants_leaving_ends_invites after delete on participants
  for each row when (old.role <> 'MEMBER')
  execute function end_invites();

delete from invites i
where not exists (
  select from participants p
  where p.conversation_id = i.conversation_id and p.user_id = i.created_by and p.role <> 'MEMBER');
