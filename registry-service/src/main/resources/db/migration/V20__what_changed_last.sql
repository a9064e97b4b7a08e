-- What an answer depends on, and a stamp that is another one after every change of it: written at the end of the transaction that changes the
-- rows, so both become visible together. A stamp never comes twice, also where this database is put back from a backup.
create sequence change_number;
create table change_stamp (
  subject  text primary key,
  number   bigint not null,
  stamp    uuid not null,
  made_in  xid8 not null
);
create index change_stamp_number on change_stamp (number);

-- What is kept outside this database is sealed with it: what anybody else puts there is no answer of ours.
create table cache_seal (
  only_one  boolean primary key default true check (only_one),
  secret    text not null
);
insert into cache_seal (secret) values (gen_random_uuid()::text || gen_random_uuid()::text);

-- The rows of the view model_list, kept: a page of a hundred thousand versions is then a page of a table. Who changes the view changes this
-- table too, and fills it again. A transaction sees its own changes in the view alone until it commits.
create table model_shown as select * from model_list;
alter table model_shown add primary key (name);

-- Numbers are drawn under a lock that lasts to the commit, so their order is the order of commits: who has seen a number has seen every lower
-- one. It is taken at the very end of a transaction, which then waits for nobody; and whoever has it sees what all before it committed. What is
-- deferred sees the whole transaction, so the first time is enough.
create function stamp_changed(subjects text[]) returns void language plpgsql as $$
declare
  changed text;
begin
  perform pg_advisory_xact_lock(17, 0);
  foreach changed in array subjects loop
    insert into change_stamp as c (subject, number, stamp, made_in)
    values (changed, nextval('change_number'), gen_random_uuid(), pg_current_xact_id())
    on conflict (subject) do update set number = excluded.number, stamp = excluded.stamp, made_in = excluded.made_in
    where c.made_in <> excluded.made_in;
    if found and changed like 'model/%' then
      delete from model_shown where name = substr(changed, 7);
      insert into model_shown select * from model_list where name = substr(changed, 7);
    end if;
  end loop;
end $$;

create function stamp_model() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform stamp_changed(array['models', 'model/' || (to_jsonb(old) ->> tg_argv[0])]);
  end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and to_jsonb(new) ->> tg_argv[0] is distinct from to_jsonb(old) ->> tg_argv[0] then
    perform stamp_changed(array['models', 'model/' || (to_jsonb(new) ->> tg_argv[0])]);
  end if;
  return null;
end $$;

-- A model shows its newest download by id and state; progress within a state is not shown.
create function stamp_download() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.model, new.revision, new.payload, new.state, new.is_final, new.created_at)
      is not distinct from (old.model, old.revision, old.payload, old.state, old.is_final, old.created_at) then
    return null;
  end if;
  perform stamp_changed(array_agg(s)) from (
    select 'models' as s union select 'model/' || m
    from unnest(array[case when tg_op <> 'INSERT' then old.model end, case when tg_op <> 'DELETE' then new.model end]) m
    where m is not null) subjects;
  return null;
end $$;

-- Of progress a model shows what a whole plan of its branch saw.
create function stamp_plan() returns trigger language plpgsql as $$
declare
  request text := case when tg_op = 'DELETE' then old.id else new.id end;
begin
  if tg_op <> 'INSERT' and old.state = 'planned' or tg_op <> 'DELETE' and new.state = 'planned' then
    perform stamp_changed(array['models', 'model/' || l.model]) from download l where l.id = request and l.model is not null;
  end if;
  return null;
end $$;

create function stamp_published() returns trigger language plpgsql as $$
declare
  about text := case when tg_op = 'DELETE' then old.repository else new.repository end;
begin
  perform stamp_changed(array['models', 'model/' || m.name]) from model m where lower(m.repository) = about;
  return null;
end $$;

create function stamp_storage() returns trigger language plpgsql as $$
begin
  perform stamp_changed(array['storage']);
  return null;
end $$;

-- At once, and again with the row of each model that the same transaction changes.
create function stamp_everything() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(17, 0);
  update change_stamp set number = nextval('change_number'), stamp = gen_random_uuid(), made_in = '0';
  delete from model_shown;
  insert into model_shown select * from model_list;
  return null;
end $$;

create constraint trigger stamped after insert or update or delete on model deferrable initially deferred
  for each row execute function stamp_model('name');
create constraint trigger stamped after insert or update or delete on version deferrable initially deferred
  for each row execute function stamp_model('model');
create constraint trigger stamped after insert or update or delete on download deferrable initially deferred
  for each row execute function stamp_download();
create constraint trigger stamped after insert or update or delete on download_progress deferrable initially deferred
  for each row execute function stamp_plan();
create constraint trigger stamped after insert or update or delete on published_profile deferrable initially deferred
  for each row execute function stamp_published();
create constraint trigger stamped after insert or update or delete on storage deferrable initially deferred
  for each row execute function stamp_storage();
create trigger stamped_whole after truncate on model for each statement execute function stamp_everything();
create trigger stamped_whole after truncate on version for each statement execute function stamp_everything();
create trigger stamped_whole after truncate on download for each statement execute function stamp_everything();
create trigger stamped_whole after truncate on download_progress for each statement execute function stamp_everything();
create trigger stamped_whole after truncate on storage for each statement execute function stamp_everything();

insert into change_stamp
select s, nextval('change_number'), gen_random_uuid(), '0' from (
  select 'models' as s union select 'storage' union select 'model/' || name from model union select 'model/' || model from version) subjects;
