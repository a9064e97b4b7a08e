-- Tokens, sessions of the console and links that begin one, by the digests of their secrets.
create table access_token (
  id          text primary key,
  name        text not null,
  kind        text not null check (kind in ('TOKEN', 'SESSION', 'CLAIM')),
  sha256      text not null,
  role        text not null,
  families    jsonb not null default '[]',
  begun_with  text,
  created_by  text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz,
  revoked_at  timestamptz,
  generation  bigint not null
);
create index access_token_begun_with on access_token (begun_with) where begun_with is not null;
