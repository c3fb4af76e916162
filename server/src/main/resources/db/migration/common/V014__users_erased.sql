-- Who was erased while a job waited that may be about them, so that it does not bring them back.

-- migrate:up

-- `user_hash` is the SHA-256 of the id, since the id itself must be nowhere; `position` that of the
-- newest erasure. A row goes with the last job that was started before it and has not ended.
create table users_erased (
  position   ${long} not null,
  tenant     ${int}  not null,
  user_hash  ${text} not null,
  primary key (tenant, user_hash)
) ${table};

-- migrate:down

drop table users_erased;
