-- Who is told what happens, and how far the telling is. What is to be told stands in the log.

-- migrate:up

-- `webhook` is the position of its creation; `topics` has a bit for each. The secrets are kept as
-- they are, since messages are signed with them.
create table webhooks (
  webhook          ${long} primary key,
  created          ${long} not null,
  previous_until   ${long},
  tenant           ${int}  not null,
  topics           ${int}  not null,
  webhook_id       ${id}   not null unique,
  url              ${text} not null,
  secret           ${text} not null,
  previous_secret  ${text}
) ${table};

create index webhooks_of_tenant on webhooks (tenant, webhook);

-- `position`: told up to there; `tries`: of what comes next; `deliveries`: how many tries in all.
create table webhook_places (
  webhook      ${long} primary key,
  position     ${long} not null,
  next_try     ${long} not null,
  deliveries   ${long} not null,
  lease_until  ${long},
  tries        ${int}  not null,
  owner        ${text}
) ${often_updated};

-- `status` is null where the receiver did not answer; `problem` is empty where all went well.
create table webhook_deliveries (
  webhook   ${long}  not null,
  number    ${long}  not null,
  position  ${long}  not null,
  at        ${long}  not null,
  took      ${int}   not null,
  attempt   ${int}   not null,
  status    ${int},
  topic     ${short} not null,
  problem   ${text}  not null,
  primary key (webhook, number)
) ${table};

create table webhook_dead_letters (
  webhook   ${long}  not null,
  position  ${long}  not null,
  at        ${long}  not null,
  attempts  ${int}   not null,
  topic     ${short} not null,
  wanted    ${bool}  not null,
  problem   ${text}  not null,
  primary key (webhook, position)
) ${table};

-- What is told and is no line of the log by itself; `position` is where the log speaks of it.
create table webhook_notices (
  position  ${long}  primary key,
  at        ${long}  not null,
  tenant    ${int}   not null,
  topic     ${short} not null,
  data      ${json}  not null
) ${table};

create index webhook_notices_of_tenant on webhook_notices (tenant, position);

-- migrate:down

drop table webhook_notices;
drop table webhook_dead_letters;
drop table webhook_deliveries;
drop table webhook_places;
drop table webhooks;
