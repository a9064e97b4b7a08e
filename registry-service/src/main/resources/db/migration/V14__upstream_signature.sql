-- What the signature says that a publisher put into the repository.
alter table version add column upstream_signature jsonb;
