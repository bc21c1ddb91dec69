-- What was known on an earlier day: a version that is no longer in service can still be drawn.

-- What was made of the version beside its records, as in azalai.layer. NULL: its cells and copies are not kept.
ALTER TABLE azalai.version ADD COLUMN prepared jsonb;

UPDATE azalai.version SET prepared = layer.prepared
  FROM azalai.layer WHERE layer.id = version.layer AND layer.generation = version.generation;

-- Records that are not public, or were not when their layer last had them: earlier versions, in which they perhaps were, keep
-- them back too.
CREATE TABLE azalai.withheld (
  layer_id text NOT NULL,
  item     bigint NOT NULL,
  record   text NOT NULL,
  level    text NOT NULL,
  PRIMARY KEY (layer_id, item)
);
CREATE INDEX ON azalai.withheld (layer_id, record);

DO $$
DECLARE
  served record;
BEGIN
  FOR served IN SELECT id, table_name FROM azalai.layer JOIN pg_tables ON schemaname = 'layer' AND tablename = table_name LOOP
    EXECUTE format($sql$INSERT INTO azalai.withheld SELECT %L, fid, record_id, handling FROM layer.%I WHERE handling <> 'public'$sql$,
      served.id, served.table_name);
  END LOOP;
END $$;
