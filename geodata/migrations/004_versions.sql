-- Layers that people change.

ALTER TABLE azalai.layer
  -- How the version in service came to be, as in azalai.version: the shipped files no longer replace what a person published.
  ADD COLUMN origin text NOT NULL DEFAULT 'seed' CHECK (origin IN ('seed', 'upload', 'restore')),
  -- The greatest number that a record ever had: none is given twice, so that an address stays that of its record.
  ADD COLUMN last_fid bigint NOT NULL DEFAULT 0;

ALTER TABLE azalai.version ADD CHECK (origin IN ('seed', 'upload', 'restore'));
