-- Experiments, who is in them, and sums by the day on which users came.

-- migrate:up

-- `body` is the newest version as JSON; `experiment` counts from 1 in each tenant.
create table experiments (
  tenant      ${int}  not null,
  experiment  ${int}  not null,
  name        ${id}   not null,
  body        ${json} not null,
  primary key (tenant, experiment)
) ${often_updated};

create unique index experiments_by_name on experiments (tenant, name);

create table experiment_versions (
  version     ${long} not null,
  tenant      ${int}  not null,
  experiment  ${int}  not null,
  body        ${json} not null,
  primary key (tenant, experiment, version)
) ${table};

-- A user's first time in an experiment; `before` is how much they had done until then.
create table exposures (
  position    ${long}  not null,
  at          ${long}  not null,
  before      ${long}  not null,
  tenant      ${int}   not null,
  experiment  ${int}   not null,
  "user"      ${int}   not null,
  variant     ${short} not null,
  primary key (tenant, "user", experiment)
) ${table};

-- What a user did in an experiment since, by metric.
create table conversions (
  times       ${long}   not null,
  value       ${double} not null,
  tenant      ${int}    not null,
  experiment  ${int}    not null,
  "user"      ${int}    not null,
  metric      ${short}  not null,
  primary key (tenant, "user", experiment, metric)
) ${often_updated};

-- The sums of both tables over the users of a variant who came on a day since 1970.
create table exposed_days (
  users           ${long}   not null,
  before          ${double} not null,
  before_squares  ${double} not null,
  tenant          ${int}    not null,
  experiment      ${int}    not null,
  day             ${int}    not null,
  variant         ${short}  not null,
  primary key (tenant, experiment, day, variant)
) ${often_updated};

create table converted_days (
  users               ${long}   not null,
  conversions         ${long}   not null,
  value               ${double} not null,
  value_squares       ${double} not null,
  value_times_before  ${double} not null,
  tenant              ${int}    not null,
  experiment          ${int}    not null,
  day                 ${int}    not null,
  variant             ${short}  not null,
  metric              ${short}  not null,
  primary key (tenant, experiment, day, variant, metric)
) ${often_updated};

-- Finds what has to go with a user: 21 an exposure, 22 a conversion.
create index events_of_experiments on events (tenant, subject) where kind in (21, 22);

-- migrate:down

drop index events_of_experiments;
delete from events where kind in (20, 21, 22);
drop table converted_days;
drop table exposed_days;
drop table conversions;
drop table exposures;
drop table experiment_versions;
drop table experiments;
