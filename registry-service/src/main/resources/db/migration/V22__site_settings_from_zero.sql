-- A wish that was removed before it was ever made keeps the number 0. V8 says so since it was changed in place, 44 minutes after it was first
-- there; a depot that was made before that learns it here, and for all others this changes nothing.
alter table site_setting
  drop constraint site_setting_generation_check,
  add constraint site_setting_generation_check check (generation >= 0);
