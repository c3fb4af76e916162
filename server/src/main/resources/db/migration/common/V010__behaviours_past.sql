-- What behaviours added up to that are no longer kept one by one.

-- migrate:up

-- `circumstances` are bits: 1 under an experiment, 2 recommended. Sums are in millionths, `last` is in
-- milliseconds; a time of the day is a part of it.
create table behaviours_past (
  count          ${long}  not null,
  owns           ${long}  not null,
  weight         ${long}  not null,
  rated          ${long}  not null,
  ratings        ${long}  not null,
  taken_in       ${long}  not null,
  timed          ${long}  not null,
  durations      ${long}  not null,
  mornings       ${long}  not null,
  afternoons     ${long}  not null,
  evenings       ${long}  not null,
  nights         ${long}  not null,
  last           ${long}  not null,
  tenant         ${int}   not null,
  "user"         ${int}   not null,
  entity         ${int}   not null,
  type           ${short} not null,
  circumstances  ${short} not null,
  primary key (tenant, "user", entity, type, circumstances)
) ${table};

-- One row: moves whenever rows went from there to here, so that whoever reads both notices.
create table behaviour_folds (
  id     ${int}  primary key check (id = 1),
  folds  ${long} not null
) ${often_updated};

insert into behaviour_folds (id, folds) values (1, 0);

-- migrate:down

drop table behaviour_folds;
drop table behaviours_past;
