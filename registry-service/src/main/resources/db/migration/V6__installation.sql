-- Made here, so that no transaction that is rolled back later can have made it.
insert into installation (id, created_at) values (gen_random_uuid(), now()) on conflict do nothing;
