-- The last rotations of a session's refresh token, each {"from", "to", "at"}: the ids of two tokens, and when in epoch
-- milliseconds. For a few seconds a token that was used is answered as the first time. An id is no token: that takes the
-- signing key, which the database does not have.
alter table sessions add column rotations jsonb not null default '[]';
