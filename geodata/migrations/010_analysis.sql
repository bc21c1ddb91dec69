-- Questions that take long, and results that are kept as layers.

CREATE TABLE azalai.job (
  id           uuid PRIMARY KEY,
  process      text NOT NULL,
  -- In which form the result is sent: the result itself, or the document of all outputs.
  response     text NOT NULL CHECK (response IN ('raw', 'document')),
  -- Who asked, and so who may see it: anybody who knows the id, or who has the token too.
  access       text NOT NULL CHECK (access IN ('public', 'full')),
  state        text NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted', 'running', 'successful', 'failed', 'dismissed')),
  progress     integer NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  -- What it is doing: { en, fr }
  message      json,
  created_at   timestamptz NOT NULL DEFAULT now(),
  started_at   timestamptz,
  finished_at  timestamptz,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  -- Of the process that has it: when that falls silent, nobody has it any more.
  heartbeat_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  -- The body of the answer, gzipped.
  result       bytea,
  -- What that was made of: { collection: its version in service then }
  asked        jsonb,
  -- Why it failed, as problems are sent. NULL of one that failed: its process ended.
  problem      json
);
CREATE INDEX ON azalai.job (created_at DESC, id);
CREATE INDEX ON azalai.job (expires_at);

-- Layers that are the result of an analysis, for some time.
CREATE TABLE azalai.kept (
  layer      text PRIMARY KEY,
  -- Of the receipt.
  hash       text NOT NULL,
  handling   text NOT NULL CHECK (handling IN ('public', 'internal', 'restricted')),
  -- What it was made of: { collection: its version in service then }
  asked      jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON azalai.kept (expires_at);
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON azalai.kept
  FOR EACH STATEMENT EXECUTE FUNCTION azalai.announce_catalogue();

-- The last version of each collection that kept from somebody what an earlier one had shown: what was made of earlier ones for
-- the same readers is taken back. Of a result that was taken back, and of which others may have been made, the version after.
CREATE TABLE azalai.withholding (
  layer      text NOT NULL,
  -- Who no longer sees it: those who see what is public, or what is internal too.
  audience   text NOT NULL CHECK (audience IN ('public', 'internal')),
  generation integer NOT NULL,
  PRIMARY KEY (layer, audience)
);

ALTER TABLE azalai.layer DROP CONSTRAINT layer_origin_check,
  ADD CHECK (origin IN ('seed', 'upload', 'restore', 'analysis'));
ALTER TABLE azalai.version DROP CONSTRAINT version_origin_check,
  ADD CHECK (origin IN ('seed', 'upload', 'restore', 'analysis'));
