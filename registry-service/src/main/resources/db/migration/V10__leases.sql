-- Who holds a version, so that no cleanup takes it. What the janitors know is on the topic; here it is found again by its id.
create table lease (
  id          text primary key,
  model       text not null,
  commit_id   text not null,
  location    text not null,
  holder      text not null,
  until       timestamptz not null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index lease_of_model on lease (model, until);
