-- What the small text files of a version say, to compare it with another one. A commit says the same for ever.
alter table version add column reading jsonb;
