-- The one order of everything that was accepted, and the tenants whose it is.

-- migrate:up

-- One row: the newest position and the newest numbers. Whoever appends locks it first.
create table log_head (
  id        ${int}  primary key check (id = 1),
  position  ${long} not null,
  tenants   ${int}  not null,
  users     ${int}  not null,
  entities  ${int}  not null
) ${often_updated};

insert into log_head (id, position, tenants, users, entities) values (1, 0, 0, 0, 0);

-- One row for each program that appends: its newest batch, by which it can tell after a lost
-- connection whether that batch was committed.
create table writers (
  writer  ${long} primary key,
  batch   ${long} not null,
  seen    ${long} not null
) ${often_updated};

create table tenants (
  tenant     ${int} primary key,
  tenant_id  ${id}  not null unique
) ${table};

-- The lines of the log that are not interactions. What `subject` is depends on `kind`; the columns
-- that may be null are for interactions that were sent again.
create table events (
  position  ${long}  primary key,
  original  ${long},
  weight    ${double},
  tenant    ${int}   not null,
  subject   ${int}   not null,
  entity    ${int},
  kind      ${short} not null,
  type      ${short}
) ${table};

-- Finds what has to go with a user: 1 an interaction sent again, 4 a user put.
create index events_of_users on events (tenant, subject) where kind in (1, 4);

-- migrate:down

drop table events;
drop table tenants;
drop table writers;
drop table log_head;
