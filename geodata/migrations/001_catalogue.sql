-- The catalogue, the hexagons that layers share, and the place of the records.

CREATE EXTENSION IF NOT EXISTS postgis;

CREATE SCHEMA azalai;
-- One table for each published version of a layer: <layer>_<generation>.
CREATE SCHEMA layer;

CREATE TABLE azalai.layer (
  id           text PRIMARY KEY,
  -- As LayerSchema in server/core/layer.ts has it.
  definition   jsonb NOT NULL,
  generation   integer NOT NULL CHECK (generation > 0),
  table_name   text NOT NULL,
  count        bigint NOT NULL,
  -- west, south, east, north in degrees; NULL when the layer is empty.
  bbox         double precision[] CHECK (cardinality(bbox) = 4),
  -- Span of all validities; NULL when the layer has no time or is empty.
  valid        tstzrange,
  -- Of the shipped definition and data from which it was published; NULL when it came from elsewhere.
  seed_hash    text,
  -- Taken out of service by a person: start-up does not bring it back.
  withdrawn    boolean NOT NULL DEFAULT false,
  published_at timestamptz NOT NULL DEFAULT now()
);

-- The parent of an H3 cell: set the resolution, and mark the digits below it as unused (7).
-- https://h3geo.org/docs/core-library/h3Indexing
CREATE FUNCTION azalai.h3_parent(cell bigint, resolution integer) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (cell & ~(15::bigint << 52)) | (resolution::bigint << 52) | ((1::bigint << (3 * (15 - resolution))) - 1);

-- Outlines of the hexagons in use by any layer. An outline never changes, so rows are only added.
CREATE TABLE azalai.h3_cell (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cell       bigint NOT NULL UNIQUE,
  resolution smallint NOT NULL,
  -- The base cells inside it, as an inclusive range: see descendantRange in server/core/hex.ts.
  first_base bigint NOT NULL,
  last_base  bigint NOT NULL,
  geom_3857  geometry(Polygon, 3857) NOT NULL
);
CREATE INDEX h3_cell_geom ON azalai.h3_cell USING gist (geom_3857);

-- Every server process rereads the catalogue when any of them changes it.
CREATE FUNCTION azalai.announce_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NOTIFY azalai_catalogue;
  RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON azalai.layer
  FOR EACH STATEMENT EXECUTE FUNCTION azalai.announce_catalogue();
