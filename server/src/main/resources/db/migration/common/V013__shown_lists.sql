-- What users were shown. The log tells when lists were kept, some at a time; here is which.

-- migrate:up

-- `position` is that of the line in the log, `number` the list's place among those kept with it.
create table shown_lists (
  position    ${long} not null,
  number      ${int}  not null,
  at          ${long} not null,
  as_of       ${long} not null,
  tenant      ${int}  not null,
  "user"      ${int},
  list_id     ${id}   not null,
  algorithm   ${text} not null,
  model       ${text} not null,
  experiment  ${text},
  variant     ${text},
  items       ${json} not null,
  primary key (position, number)
) ${table};

create index shown_lists_of_user on shown_lists (tenant, "user", position);
create index shown_lists_by_time on shown_lists (tenant, at);

create index interactions_of_lists on interaction_details (tenant, recommendation_id)
  where recommendation_id is not null;

-- migrate:down

delete from events where kind = 14;
drop index interactions_of_lists;
drop table shown_lists;
