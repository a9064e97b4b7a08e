-- Which locations decide about a request; empty where the catalog did not say, then every one that speaks does.
alter table download add column locations jsonb not null default '[]';

-- A download that succeeded has no problem, even if it had one on the way.
update download set problem = null where state in ('done', 'planned');
