-- The chain's first link: hash(0) is the SHA-256 of this id.
create table installation (
  only_one    boolean primary key default true check (only_one),
  id          uuid not null,
  created_at  timestamptz not null
);

create table audit (
  seq       bigint primary key check (seq > 0),
  at        timestamptz not null,
  actor     text not null,
  action    text not null,
  object    text not null,
  source    text not null check (source in ('rest', 'event')),
  event_id  text not null unique,
  detail    jsonb not null,
  request_id text generated always as (detail ->> 'requestId') stored,
  prev      text not null check (prev ~ '^[0-9a-f]{64}$'),
  hash      text not null check (hash ~ '^[0-9a-f]{64}$')
);
create index audit_object on audit (object, seq desc);
create index audit_actor on audit (actor, seq desc);
create index audit_request on audit (request_id, seq desc) where request_id is not null;
create index audit_at on audit (at, seq);

-- The belt beside the braces: the service's role should have no right to change the trail at all.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The audit trail is append-only: % refused.', tg_op using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function audit_is_append_only();
create trigger audit_not_truncated before truncate on audit
  for each statement execute function audit_is_append_only();

-- Numbers are drawn under the lock of the audit trail, so the order of numbers is the order of commits.
create table outbox (
  seq           bigint generated always as identity primary key,
  topic         text not null,
  key           text,
  payload       bytea,
  headers       jsonb not null,
  created_at    timestamptz not null,
  published_at  timestamptz
);
create index outbox_waiting on outbox (seq) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;
