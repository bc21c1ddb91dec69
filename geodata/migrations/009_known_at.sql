-- What was known on an earlier day: a version that is no longer in service can still be drawn.

-- What was made of the version beside its records, as in azalai.layer. NULL: its cells and copies are not kept.
ALTER TABLE azalai.version ADD COLUMN prepared jsonb;

UPDATE azalai.version SET prepared = layer.prepared
  FROM azalai.layer WHERE layer.id = version.layer AND layer.generation = version.generation;
