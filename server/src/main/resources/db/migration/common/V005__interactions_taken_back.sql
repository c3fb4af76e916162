-- Interactions that were taken back: their lines go with their user, like the others about them.

-- migrate:up

drop index events_of_users;

-- Finds what has to go with a user: 1 an interaction sent again, 4 a user put, 11 an interaction
-- that was taken back, 12 the taking back.
create index events_of_users on events (tenant, subject) where kind in (1, 4, 11, 12);

-- migrate:down

-- An interaction that was taken back has no line any more; what is left is a gap, as after an
-- erasure.
delete from events where kind in (11, 12);
drop index events_of_users;
create index events_of_users on events (tenant, subject) where kind in (1, 4);
