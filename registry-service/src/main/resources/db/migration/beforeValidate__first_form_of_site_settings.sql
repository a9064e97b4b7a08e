-- V8 was changed in place, 44 minutes after it was first there. A depot that was made before that has its first checksum in its history, with
-- which no later registry would start; V22 gives it what the change gave to all others. No other checksum is ever forgiven.
do $$
begin
  if to_regclass('flyway_schema_history') is not null then
    update flyway_schema_history set checksum = 205017507 where version = '8' and checksum = 1482040962;
  end if;
end $$;
