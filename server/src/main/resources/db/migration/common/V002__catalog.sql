-- What a tenant stores. An entity is a number everywhere but here.

-- migrate:up

create table entity_types (
  tenant  ${int} not null,
  type    ${int} not null,
  name    ${id}  not null,
  primary key (tenant, type),
  unique (tenant, name)
) ${table};

-- `attributes` is null for an entity that was only named by interactions so far, and for a deleted
-- one; `deleted` is the position of the deletion, 0 for a living one.
create table entities (
  created          ${long} not null,
  updated          ${long} not null,
  deleted          ${long} not null,
  available_from   ${long},
  available_until  ${long},
  tenant           ${int}  not null,
  entity           ${int}  not null,
  type             ${int}  not null,
  entity_id        ${id}   not null,
  attributes       ${json},
  vector           ${bytes},
  primary key (tenant, entity)
) ${table};

create unique index entities_by_id on entities (tenant, type, entity_id, deleted);

create table feature_statistics (
  tenant   ${int}   not null,
  version  ${int}   not null,
  bytes    ${bytes} not null,
  primary key (tenant)
) ${table};

-- migrate:down

drop table feature_statistics;
drop table entities;
drop table entity_types;
