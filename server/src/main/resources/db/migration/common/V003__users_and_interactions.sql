-- Who did what with which entity, and when.

-- migrate:up

create table users (
  created     ${long} not null,
  updated     ${long} not null,
  tenant      ${int}  not null,
  "user"      ${int}  not null,
  user_id     ${id}   not null,
  attributes  ${json},
  primary key (tenant, "user")
) ${table};

create unique index users_by_id on users (tenant, user_id);

create table interaction_types (
  created      ${long}   not null,
  updated      ${long}   not null,
  weight       ${double} not null,
  half_life    ${double},
  tenant       ${int}    not null,
  type         ${short}  not null,
  registered   ${bool}   not null,
  name         ${id}     not null,
  description  ${text},
  primary key (tenant, type),
  unique (tenant, name)
) ${table};

-- There are ten of these for every row of anything else: no column that can be spared, and none
-- that leaves a gap on the page. `weight` is null where the type's own counts.
create table interactions (
  position  ${long}  primary key,
  at        ${long}  not null,
  tenant    ${int}   not null,
  "user"    ${int}   not null,
  entity    ${int}   not null,
  type      ${short} not null,
  weight    ${double}
) ${table};

create unique index interactions_of_user on interactions (tenant, "user", at, entity, type);

-- PostgreSQL keeps equal keys once, so there the time is left out: a page has to be sorted, and the
-- index is a quarter as large.
create index interactions_of_entity on interactions (tenant, entity${in_time});

-- What only some interactions have.
create table interaction_details (
  position           ${long} primary key,
  tenant             ${int}  not null,
  event_id           ${id},
  recommendation_id  ${id},
  metadata           ${json}
) ${table};

create unique index interaction_details_by_event_id
  on interaction_details (tenant, event_id) where event_id is not null;

-- migrate:down

drop table interaction_details;
drop table interactions;
drop table interaction_types;
drop table users;
