-- Where the interactions with an entity are stays an index here: PostgreSQL keeps equal keys once, which no table of ours would.

-- migrate:up

-- migrate:down
