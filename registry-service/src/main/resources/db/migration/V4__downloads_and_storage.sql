create table download (
  id                text primary key,
  model             text,
  repository        text,
  revision          text,
  payload           jsonb not null,
  payload_sha256    text not null,
  expected          integer not null check (expected > 0),
  state             text not null,
  is_final          boolean not null,
  cancel_requested  boolean not null,
  joined_to         text,
  problem           jsonb,
  actor             text not null,
  origin            text not null check (origin in ('rest', 'event')),
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  finished_at       timestamptz
);
create index download_newest on download (created_at desc, id desc);
create index download_of_model on download (model, created_at desc, id desc);
create index download_running on download (state) where not is_final;

-- The last progress record of a request at a location. Of two, the one with the higher sequence counts.
create table download_progress (
  id        text not null,
  location  text not null,
  host      text not null,
  sequence  bigint not null,
  state     text not null,
  record    jsonb not null,
  primary key (id, location)
);

create table storage (
  location     text primary key,
  record       jsonb not null,
  reported_at  timestamptz not null
);

-- One row per model, the catalog's wish beside what the volumes say; the REST lists select from here.
create view model_list as
select n.name,
       m.name is not null                              as in_catalog,
       coalesce(m.family, a.family)                    as family,
       m.repository,
       coalesce(m.display_name, n.name)                as display_name,
       m.use_case,
       m.licence,
       m.branch,
       m.pin,
       coalesce(m.update_policy, 'manual')             as update_policy,
       coalesce(m.keep_versions, 0)                    as keep_versions,
       coalesce(m.active, false)                       as active,
       coalesce(m.locations, '[]'::jsonb)              as locations,
       coalesce(m.profile, 'full')                     as profile,
       m.placement,
       coalesce((m.placement ->> 'users')::int, 0)     as users,
       coalesce((m.placement ->> 'priority')::int, 5)  as priority,
       coalesce(m.generation, 0)                       as generation,
       case
         when m.name is null then 'orphan'
         when c.state = 'damaged' then 'damaged'
         when c.state = 'present' and m.active then 'active'
         when c.state = 'present' then 'present'
         when d.running then 'downloading'
         when a.archived then 'archived'
         when a.present then 'present'
         when a.damaged then 'damaged'
         else 'absent'
       end                                             as state,
       coalesce(a.versions, 0)                         as versions,
       coalesce(a.bytes, 0)                            as size_bytes,
       c.commit_id                                     as current_commit,
       c.location                                      as current_location,
       c.generation                                    as current_generation,
       c.path                                          as current_path,
       c.verified_by                                   as current_verified_by,
       c.size_bytes                                    as current_size_bytes,
       c.present_bytes                                 as current_present_bytes,
       c.file_count                                    as current_file_count,
       c.verified_at                                   as current_verified_at,
       coalesce(c.verified_at, 'epoch'::timestamptz)   as verified_at,
       c.profile                                       as files_profile,
       p.profile                                       as published_profile,
       d.id                                            as download_id,
       d.state                                         as download_state,
       coalesce(m.created_at, a.first_seen)            as created_at,
       greatest(m.updated_at, a.last_seen)             as updated_at
from (select name from model union select model from version where state <> 'removed') n
left join model m on m.name = n.name
left join lateral (
  select count(distinct v.commit_id)::int as versions, sum(v.present_bytes)::bigint as bytes, max(v.family) as family,
         bool_or(v.state = 'archived') as archived, bool_or(v.state = 'present') as present,
         bool_or(v.state = 'damaged') as damaged, min(v.verified_at) as first_seen, max(v.updated_at) as last_seen
  from version v where v.model = n.name and v.state <> 'removed') a on true
left join lateral (
  select * from version v
  where v.model = n.name and v.is_current and v.state in ('present', 'damaged') order by v.location limit 1) c on true
left join lateral (
  select l.id, l.state, not l.is_final as running from download l
  where l.model = n.name order by l.created_at desc, l.id desc limit 1) d on true
left join published_profile p on p.repository = lower(m.repository);
