-- What comes with an interaction to be measured, and what one that was sent again was before.

-- migrate:up

-- Null on most rows, where it costs nothing.
alter table interactions add column measures ${bytes};

alter table events add column measures ${bytes};
alter table events add column weight_before ${double};
alter table events add column measures_before ${bytes};

-- Finds what an interaction was before it was sent again.
create index events_sent_again on events (original) where kind = 1;

-- migrate:down

drop index events_sent_again;
alter table events drop column measures_before;
alter table events drop column weight_before;
alter table events drop column measures;
alter table interactions drop column measures;
