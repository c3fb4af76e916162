-- Where the interactions with an entity are, apart from the interactions themselves: each row of an index by entity goes to another
-- page, and cost as much as all else that is done for an interaction. Here they come in order, many at once, some time after.

-- migrate:up

create table interactions_filed (
  tenant    ${int}  not null,
  entity    ${int}  not null,
  at        ${long} not null,
  position  ${long} not null,
  primary key (tenant, entity, at, position)
) ${table}, without rowid;

insert into interactions_filed (tenant, entity, at, position)
select tenant, entity, at, position from interactions
order by tenant, entity, at, position;

-- One row: up to which position all are filed.
create table filing (
  id        ${int}  primary key check (id = 1),
  position  ${long} not null
) ${often_updated};

insert into filing (id, position) select 1, position from log_head;

-- What is no more is not filed any more, whoever takes it out.
create trigger interactions_unfiled after delete on interactions
  begin delete from interactions_filed
    where tenant = old.tenant and entity = old.entity and at = old.at and position = old.position; end;

drop index interactions_of_entity;

-- migrate:down

drop trigger interactions_unfiled;
drop table filing;
drop table interactions_filed;
create index interactions_of_entity on interactions (tenant, entity, at);
