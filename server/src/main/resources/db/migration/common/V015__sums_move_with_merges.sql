-- What behaviours added up to goes with a merge, and comes back when that is undone.

-- migrate:up

alter table behaviours_past rename to behaviours_past_unmoved;

-- `moved_by` is the position of the merge that brought it, 0 for what is a user's own. Apart from each other, so that an undone
-- merge takes along exactly what it brought.
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
  moved_by       ${long}  not null,
  tenant         ${int}   not null,
  "user"         ${int}   not null,
  entity         ${int}   not null,
  type           ${short} not null,
  circumstances  ${short} not null,
  primary key (tenant, "user", entity, type, circumstances, moved_by)
) ${table};

insert into behaviours_past (
  count, owns, weight, rated, ratings, taken_in, timed, durations, mornings, afternoons, evenings, nights, last, moved_by,
  tenant, "user", entity, type, circumstances)
select
  count, owns, weight, rated, ratings, taken_in, timed, durations, mornings, afternoons, evenings, nights, last, 0,
  tenant, "user", entity, type, circumstances
from behaviours_past_unmoved;

drop table behaviours_past_unmoved;

-- Finds the merges by which the interactions of a stretch of the log came.
create index user_merges_by_position on user_merges (tenant, last);

drop index events_of_users;

-- Finds what has to go with a user: 1 an interaction sent again, 4 a user put, 11 an interaction
-- that was taken back, 12 the taking back, 15 and 16 sums that went and came.
create index events_of_users on events (tenant, subject) where kind in (1, 4, 11, 12, 15, 16);

-- migrate:down

drop index events_of_users;
delete from events where kind in (15, 16);
create index events_of_users on events (tenant, subject) where kind in (1, 4, 11, 12);
drop index user_merges_by_position;

alter table behaviours_past rename to behaviours_past_moved;

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

insert into behaviours_past (
  count, owns, weight, rated, ratings, taken_in, timed, durations, mornings, afternoons, evenings, nights, last,
  tenant, "user", entity, type, circumstances)
select
  sum(count), sum(owns), sum(weight), sum(rated), sum(ratings), sum(taken_in), sum(timed), sum(durations),
  sum(mornings), sum(afternoons), sum(evenings), sum(nights), max(last), tenant, "user", entity, type, circumstances
from behaviours_past_moved
group by tenant, "user", entity, type, circumstances;

drop table behaviours_past_moved;
