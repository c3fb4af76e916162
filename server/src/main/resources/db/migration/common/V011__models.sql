-- What was learned from the log: it can be learned again, but that takes time.

-- migrate:up

-- `place` counts the attempts of a tenant; times are in microseconds since 1970.
create table models (
  place      ${long}  not null,
  position   ${long}  not null,
  started_at ${long}  not null,
  ended_at   ${long}  not null,
  tenant_id  ${id}    not null,
  type       ${id}    not null,
  name       ${id}    not null,
  in_force   ${short} not null,
  report     ${json}  not null,
  primary key (tenant_id, place)
) ${often_updated};

create table model_pieces (
  tenant_id  ${id}    not null,
  name       ${id}    not null,
  piece      ${int}   not null,
  bytes      ${bytes} not null,
  primary key (tenant_id, name, piece)
) ${table};

-- migrate:down

drop table model_pieces;
drop table models;
