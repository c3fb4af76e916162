-- How far work has come that goes on for ever, such as following another database.

-- migrate:up

create table bookmarks (
  tenant_id  ${id}   not null,
  name       ${id}   not null,
  text       ${text} not null,
  primary key (tenant_id, name)
) ${often_updated};

-- migrate:down

drop table bookmarks;
