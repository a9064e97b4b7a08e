-- The list says what is known of the current version's signatures and files, and what its branch has since: the commit that the newest
-- whole plan of the branch saw, where it is another one and was seen after the current version came in. A pin holds it back.
create or replace view model_list as
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
       greatest(m.updated_at, a.last_seen)             as updated_at,
       m.spread,
       coalesce(c.signature ->> 'status', '')          as current_signature,
       coalesce(c.upstream_signature ->> 'status', '') as current_upstream_signature,
       coalesce(c.scan ->> 'status', '')               as current_scan,
       case when b.behind then u.commit_id end         as newer_commit,
       case when b.behind then u.seen_at end           as newer_seen_at,
       coalesce(b.behind and m.update_policy = 'approve', false) as update_waits
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
  where l.model = n.name and l.payload ->> 'plan' is distinct from 'true' and l.state <> 'planned'
  order by l.is_final, l.created_at desc, l.id desc limit 1) d on true
left join published_profile p on p.repository = lower(m.repository)
left join lateral (
  select g.record ->> 'commit' as commit_id, (g.record ->> 'updatedAt')::timestamptz as seen_at
  from download l join download_progress g on g.id = l.id
  where l.model = n.name and g.state = 'planned' and l.revision = coalesce(m.branch, 'main')
    and jsonb_array_length(coalesce(l.payload -> 'include', '[]')) = 0
    and jsonb_array_length(coalesce(l.payload -> 'exclude', '[]')) = 0
  order by l.created_at desc, l.id desc limit 1) u on true
left join lateral (
  select coalesce(m.pin is null and u.commit_id <> c.commit_id and u.seen_at > c.verified_at, false) as behind) b on true;
