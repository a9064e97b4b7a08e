-- What operators wish of the site, by key. A removed wish keeps its number, so that one made again is never older.
create table site_setting (
  key         text primary key,
  value       jsonb,
  generation  bigint not null check (generation > 0),
  updated_at  timestamptz not null
);
