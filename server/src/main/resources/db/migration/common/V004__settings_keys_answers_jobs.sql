-- What is kept about the service itself.

-- migrate:up

create table tenant_settings (
  version   ${long} not null,
  at        ${long} not null,
  tenant    ${int}  not null,
  settings  ${json} not null,
  primary key (tenant, version)
) ${table};

-- `number` orders keys by when they came; `origins` one a line; the secret itself is nowhere.
create table api_keys (
  number               ${long} primary key,
  created              ${long} not null,
  revoked              ${long},
  requests_per_minute  ${int},
  kind                 ${text} not null,
  key_id               ${id}   not null unique,
  name                 ${text} not null,
  hash                 ${text} not null unique,
  tenant_id            ${id},
  origins              ${text} not null
) ${table};

-- Answers to be given again. `user_id` is whom the answer is about: null nobody, empty several.
create table answers (
  at            ${long} not null,
  tenant        ${int}  not null,
  status        ${int}  not null,
  key           ${id}   not null,
  user_id       ${id},
  request_hash  ${text} not null,
  content_type  ${text} not null,
  location      ${text},
  body          ${bytes} not null,
  primary key (tenant, key)
) ${table};

create index answers_by_age on answers (at);
create index answers_of_user on answers (tenant, user_id) where user_id is not null;

-- `number` orders jobs by when they came; `owner` and `lease_until` say who works on one and how
-- long that is believed.
create table jobs (
  number            ${long}  primary key,
  created           ${long}  not null,
  started           ${long},
  finished          ${long},
  lease_until       ${long},
  total             ${long}  not null,
  processed         ${long}  not null,
  successful        ${long}  not null,
  failed            ${long}  not null,
  tenant            ${int}   not null,
  attempts          ${int}   not null,
  state             ${short} not null,
  cancel_requested  ${bool}  not null,
  job_id            ${id}    not null unique,
  kind              ${text}  not null,
  owner             ${text},
  problems          ${bytes},
  payload           ${bytes}
) ${table};

create index jobs_of_tenant on jobs (tenant, number);
create index jobs_to_do on jobs (number) where state in (0, 1);
create index jobs_by_end on jobs (finished) where finished is not null;

-- migrate:down

drop table jobs;
drop table answers;
drop table api_keys;
drop table tenant_settings;
