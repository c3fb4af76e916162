-- A shop that was made up, in the shape of the reference: presents, users, likes, clicks. The tables are the shop's own;
-- 'shop_fill' fills them, and 'shop_tick' lets a moment pass in which people like, click, unlike, and the assistants
-- bring new presents and sell out old ones. The same seed gives the same shop.
--
-- People have one taste of twelve, told by their number, and mostly follow it; a season shifts what is wanted with the
-- months; some presents are much better known than others.

create table presents (
  id          bigint primary key,
  geo_id      integer not null,
  status      text not null,
  price       numeric(10,2) not null,
  platform    text not null,
  categories  jsonb not null,
  owner       bigint,
  created_at  timestamptz not null
);

create table users (
  id        bigint primary key,
  gender    text,
  birthday  date,
  locale    text not null,
  geo_id    integer not null
);

create table likes (
  id          bigint generated always as identity primary key,
  user_id     bigint not null,
  present_id  bigint not null,
  created_at  timestamptz not null
);

create table clicks (
  id          bigint generated always as identity primary key,
  user_id     bigint not null,
  present_id  bigint not null,
  created_at  timestamptz not null
);

-- How large the shop is: what the functions draw from.
create table shop_size (presents bigint not null, users bigint not null);

create function shop_category(number bigint) returns text language sql immutable as $$
  select (array['electronics', 'books', 'beauty', 'home', 'toys', 'sport', 'jewellery', 'food', 'garden', 'music',
    'travel', 'clothes'])[1 + (number % 12)::int]
$$;

create function shop_age_group(number bigint) returns text language sql immutable as $$
  select (array['18-24', '25-34', '35-44', '45-54', '55+'])[1 + (number % 5)::int]
$$;

create function shop_present(number bigint, is_private boolean, at timestamptz) returns presents language sql volatile as $$
  select number, (array[213, 213, 213, 2, 54])[1 + (number / 12 % 5)::int],
    case when random() < 0.92 then 'in_stock' else 'sold_out' end,
    round((100 + 4900 * power(random(), 3))::numeric, 2),
    (array['ozon', 'wildberries', 'market', 'own'])[1 + (hashint8(number) & 3)],
    jsonb_build_object(
      'category', shop_category(number),
      'gender', (array['m', 'f', 'any', 'any'])[1 + (hashint8(number * 7) & 3)],
      'age', shop_age_group(hashint8(number * 11)::bigint & 1023),
      'suitable_for', (array['friend', 'partner', 'parent', 'child', 'colleague'])[1 + (hashint8(number * 13) & 1023) % 5],
      'acquaintance_level', (array['close', 'distant', 'any'])[1 + (hashint8(number * 17) & 1023) % 3]),
    case when is_private then 1 + (random() * 1e6)::bigint end,
    at
$$;

-- The present that somebody of that taste comes upon: mostly of their taste, sometimes of the season, sometimes any; one
-- that was there at the time, mostly a well-known one, which are the older ones, and now and then one that was just new.
create function shop_choice(person bigint, at timestamptz, presents bigint) returns bigint language sql volatile as $$
  select 1 + least(presents - 1, 12 * case
      when random() < 0.2 then greatest(0, there - 1 - floor(power(random(), 2) * 30)::bigint)
      else floor(power(random(), 3) * there)::bigint end
    + case
      when chance < 0.70 then (hashint8(person) & 1023) % 12
      when chance < 0.85 then extract(month from at)::bigint - 1
      else floor(12 * random())::bigint end)
  from (select random() as chance,
    floor(presents / 12 * greatest(0.02, 1 - extract(epoch from now() - at)::float8 / 63072000))::bigint as there) c
$$;

create function shop_fill(presents_public bigint, presents_private bigint, people bigint, likes_made bigint, clicks_made bigint)
returns void language plpgsql as $$
begin
  perform setseed(0.25);
  insert into shop_size values (presents_public, people);
  insert into presents
    select p.* from generate_series(1, presents_public) n,
      shop_present(n, false, now() - interval '2 years' * (1 - n::float8 / presents_public)) p;
  insert into presents
    select p.* from generate_series(1, presents_private) n,
      shop_present(1000000000 + n, true, now() - interval '2 years' * random()) p;
  insert into users
    select n, case when random() < 0.9 then (array['m', 'f'])[1 + (hashint8(n) & 1)] end,
      case when random() < 0.8 then current_date - (6570 + floor(random() * 17000))::int end,
      case when random() < 0.8 then 'ru' else 'en' end, (array[213, 213, 213, 2, 54])[1 + (hashint8(n * 3) & 1023) % 5]
    from generate_series(1, people) n;
  insert into likes (user_id, present_id, created_at)
    select person, shop_choice(person, at, presents_public), at
    from (select 1 + floor(power(random(), 1.6) * people)::bigint as person,
            now() - interval '400 days' * power(random(), 1.5) as at
          from generate_series(1, likes_made)) l;
  insert into clicks (user_id, present_id, created_at)
    select person, shop_choice(person, at, presents_public), at
    from (select 1 + floor(power(random(), 1.3) * people)::bigint as person,
            now() - interval '200 days' * power(random(), 1.5) as at
          from generate_series(1, clicks_made)) c;
  create index on likes (created_at);
  create index on clicks (created_at);
  analyze;
end
$$;

-- A moment in which people do so many things.
create function shop_tick(things integer) returns void language plpgsql as $$
declare size shop_size; n integer; person bigint; newest bigint;
begin
  select * into size from shop_size;
  for n in 1 .. things loop
    person := 1 + floor(power(random(), 1.5) * size.users)::bigint;
    case
      when random() < 0.38 then
        insert into likes (user_id, present_id, created_at)
          values (person, shop_choice(person, now(), size.presents), clock_timestamp());
      when random() < 0.03 then
        delete from likes where id = (select max(id) from likes where id <= (select max(id) - floor(random() * 50) from likes));
      else
        insert into clicks (user_id, present_id, created_at)
          values (person, shop_choice(person, now(), size.presents), clock_timestamp());
    end case;
  end loop;
  if random() < 0.2 then
    update presents set status = case status when 'in_stock' then 'sold_out' else 'in_stock' end
      where id = 1 + floor(random() * size.presents)::bigint;
  end if;
  if random() < 0.1 then
    select 1 + max(id) into newest from presents where id < 1000000000;
    insert into presents select p.* from shop_present(newest, false, now()) p;
    update shop_size set presents = newest;
  end if;
end
$$;

-- Never ends: a moment a second.
create procedure shop_goes_on(things integer) language plpgsql as $$
begin
  loop
    perform shop_tick(things);
    commit;
    perform pg_sleep(1);
  end loop;
end
$$;
