-- Single records that people add, change and withdraw, each with a reason; and what they set of layers.

ALTER TABLE azalai.layer DROP CONSTRAINT layer_origin_check,
  ADD CHECK (origin IN ('seed', 'upload', 'restore', 'analysis', 'correction', 'settings'));
ALTER TABLE azalai.version DROP CONSTRAINT version_origin_check,
  ADD CHECK (origin IN ('seed', 'upload', 'restore', 'analysis', 'correction', 'settings'));

CREATE TABLE azalai.correction (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  layer      text NOT NULL,
  -- The number of the record, and its id.
  item       bigint NOT NULL,
  record     text NOT NULL,
  change     text NOT NULL CHECK (change IN ('added', 'changed', 'withdrawn')),
  -- The version that was in service, and the one that the correction made.
  from_generation integer NOT NULL,
  generation integer NOT NULL,
  reason     text NOT NULL,
  -- The part that somebody plays, as AUTHORS in server/core/correction.ts; nobody's name.
  author     text NOT NULL,
  -- Features (RFC 7946); NULL: there was none, or is none any more.
  before     jsonb,
  after      jsonb,
  -- Names of what differs, `geometry` among them.
  fields     text[] NOT NULL,
  made_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON azalai.correction (layer, item);
CREATE INDEX ON azalai.correction (layer, record);
