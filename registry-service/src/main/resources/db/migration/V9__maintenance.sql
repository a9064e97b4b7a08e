-- What the janitors are asked for: cleanups, checks of integrity, backups, restores.
create table maintenance (
  id              text primary key,
  work            text not null check (work in ('cleanups', 'integrity', 'backups', 'restores')),
  model           text,
  payload         jsonb not null,
  payload_sha256  text not null,
  expected        integer not null check (expected > 0),
  state           text not null,
  is_final        boolean not null,
  actor           text not null,
  origin          text not null check (origin in ('rest', 'event')),
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  finished_at     timestamptz
);
create index maintenance_newest on maintenance (work, created_at desc, id desc);

-- The last record about a request at a location. Of two, the one with the higher sequence counts.
create table maintenance_progress (
  id        text not null,
  location  text not null,
  sequence  bigint not null,
  state     text not null,
  record    jsonb not null,
  primary key (id, location)
);
