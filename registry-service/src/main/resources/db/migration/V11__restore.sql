-- A registry that knows nothing but what it was born with, and what its topics told, may take the data of a former one: its trail then
-- makes room for theirs. Nobody else removes a record: the guard stands here, below the service, whose role cannot do it by itself.
create function audit_knows() returns setof audit language sql stable as $$
  select * from audit
  where actor <> 'seed'
    and action not in ('version.published', 'version.changed', 'version.removed', 'version.archived', 'version.damaged',
                       'model.restored', 'site.restored', 'restores.requested', 'restores.ended',
                       'integrity.requested', 'integrity.ended')
$$;

create function audit_make_room() returns bigint language plpgsql security definer set search_path = public as $$
declare
  removed bigint;
begin
  if exists (select 1 from audit_knows()) then
    raise exception 'The audit trail has records of its own: it makes no room.' using errcode = 'insufficient_privilege';
  end if;
  alter table audit disable trigger audit_append_only;
  delete from audit;
  get diagnostics removed = row_count;
  alter table audit enable trigger audit_append_only;
  delete from installation;
  return removed;
end $$;
