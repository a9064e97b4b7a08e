-- Runs at every start, for tables that came since: ${flyway:timestamp}
-- Where migration runs under a role of its own, name the role of the service in
-- QUARKUS_FLYWAY_PLACEHOLDERS_SERVICE_ROLE: it may read and extend the audit trail, never change it.
do $$
declare
  service text := '${service-role}';
begin
  if service <> 'none' and service <> current_user then
    execute format('grant usage on schema public to %I', service);
    execute format('grant select, insert, update, delete on all tables in schema public to %I', service);
    execute format('grant usage, select on all sequences in schema public to %I', service);
    execute format('revoke update, delete, truncate on audit, installation from %I', service);
    execute format('revoke all on flyway_schema_history from %I', service);
  end if;
end $$;
