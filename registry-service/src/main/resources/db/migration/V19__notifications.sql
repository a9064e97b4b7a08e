-- What receivers are to be told, and what became of it. One row for a fact and a receiver, however often the fact is read.
create table notification (
  id             text primary key,
  receiver       text not null,
  kind           text not null,
  fact           text not null,
  object         text not null,
  say            text not null,
  data           jsonb not null,
  happened_at    timestamptz not null,
  state          text not null check (state in ('waiting', 'delivered', 'given-up')),
  attempts       integer not null check (attempts >= 0),
  next_at        timestamptz not null,
  claimed_until  timestamptz,
  give_up_at     timestamptz not null,
  status         integer,
  millis         bigint,
  said           text,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  seen_at        timestamptz not null,
  unique (receiver, fact)
);
create index notification_newest on notification (created_at desc, id desc);
create index notification_due on notification (receiver, next_at) where state = 'waiting';
create index notification_seen on notification (seen_at);

-- Each time it was tried: when, how long it took, and what was answered, in a few harmless words.
create table notification_attempt (
  notification  text not null references notification on delete cascade,
  number        integer not null,
  at            timestamptz not null,
  status        integer,
  millis        bigint not null,
  said          text not null,
  primary key (notification, number)
);

-- What is so until it is not: it is told when it begins, and not again while it lasts.
create table notification_circumstance (
  name   text primary key,
  since  timestamptz not null
);

-- Receivers that said that they are gone. It holds for the setting of this generation.
create table notification_stop (
  receiver    text primary key,
  generation  bigint not null,
  why         text not null,
  stopped_at  timestamptz not null
);
