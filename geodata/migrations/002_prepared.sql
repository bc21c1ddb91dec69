-- Each published version brings its own hexagons, roll-up and tiles; see server/query/prepare.

ALTER TABLE azalai.layer
  -- As PreparedSchema in server/core/prepared.ts.
  ADD COLUMN prepared jsonb;

DROP TABLE azalai.h3_cell;

-- What was published before has nothing prepared: hidden until the next start publishes it again.
UPDATE azalai.layer SET seed_hash = NULL;
