-- When a model was last used at any location: what was last told of a reader at a mirror or of a lease. Kept to the minute, so that many
-- readers of a model change what is answered of it once a minute at most.
create table model_use (
  model         text primary key,
  last_used_at  timestamptz not null
);

-- The list says it too. What its rows were before has a name of its own now.
alter view model_list rename to model_stand;
create view model_list as
select s.*, u.last_used_at, coalesce(u.last_used_at, 'epoch'::timestamptz) as used_at
from model_stand s left join model_use u on u.model = s.name;

drop table model_shown;
create table model_shown as select * from model_list;
alter table model_shown add primary key (name);

create constraint trigger stamped after insert or update or delete on model_use deferrable initially deferred
  for each row execute function stamp_model('model');
create trigger stamped_whole after truncate on model_use for each statement execute function stamp_everything();
