-- Who was merged into whom, and what it takes to undo that.

-- migrate:up

-- `position` is that of the merge. What was moved stands in the log from `first` to `last`; `before` and `after` are the attributes
-- of the known user, who gets the first back if they have not changed since.
create table user_merges (
  position  ${long} not null,
  at        ${long} not null,
  undone    ${long},
  first     ${long} not null,
  last      ${long} not null,
  moved     ${long} not null,
  tenant    ${int}  not null,
  merge_id  ${id}   not null,
  from_id   ${id}   not null,
  into_id   ${id}   not null,
  before    ${json} not null,
  after     ${json} not null,
  primary key (tenant, merge_id)
) ${table};

create index user_merges_from on user_merges (tenant, from_id);
create index user_merges_into on user_merges (tenant, into_id);

-- migrate:down

drop table user_merges;
