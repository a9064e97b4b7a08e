-- What the volumes say, as announced. No reference to model: a version without an entry is an orphan, shown and kept.
create table version (
  location       text not null,
  model          text not null,
  commit_id      text not null check (commit_id ~ '^[0-9a-f]{40}$'),
  family         text not null,
  state          text not null,
  generation     bigint not null,
  is_current     boolean not null,
  path           text not null,
  verified_by    text not null,
  size_bytes     bigint not null,
  present_bytes  bigint not null,
  file_count     integer not null,
  source         jsonb not null,
  profile        jsonb,
  signature      jsonb,
  scan           jsonb,
  request_ids    jsonb not null,
  verified_at    timestamptz not null,
  updated_at     timestamptz not null,
  primary key (model, commit_id, location)
);
create index version_verified_at on version (model, verified_at desc);

create table version_file (
  location     text not null,
  model        text not null,
  commit_id    text not null,
  path         text collate "C" not null,
  size_bytes   bigint not null,
  sha256       text,
  git_sha1     text,
  verified_by  text,
  present      boolean not null,
  primary key (model, commit_id, location, path),
  foreign key (model, commit_id, location) references version on delete cascade
);
create index version_file_sha256 on version_file (sha256);
