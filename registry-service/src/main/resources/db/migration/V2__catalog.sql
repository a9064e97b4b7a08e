create table model (
  name           text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,95}$'),
  family         text not null check (family ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  repository     text,
  display_name   text not null,
  use_case       text,
  licence        text,
  branch         text,
  pin            text check (pin ~ '^[0-9a-f]{40}$'),
  update_policy  text not null,
  keep_versions  integer not null check (keep_versions > 0),
  active         boolean not null,
  locations      jsonb not null,
  profile        text not null,
  placement      jsonb,
  generation     bigint not null check (generation > 0),
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
create index model_family on model (family);
create index model_repository on model (lower(repository));

-- The highest generation ever given to a name, by us or on the topic; it outlives the entry.
create table model_generation (
  name        text primary key,
  generation  bigint not null,
  deleted     boolean not null
);

-- What is published about a repository before any file of it was read; a fact, not a wish.
create table published_profile (
  repository  text primary key,
  profile     jsonb not null
);
