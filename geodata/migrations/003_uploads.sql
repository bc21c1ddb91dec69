-- Uploads: files on their way to a layer, the versions of layers, and who may bring them.

-- The tables of an upload: <id without hyphens>_read, _typed, _issue; see server/query/staging.
CREATE SCHEMA staging;

CREATE TABLE azalai.upload (
  id          uuid PRIMARY KEY,
  -- As its sender called it.
  name        text NOT NULL,
  bytes       bigint,
  sha256      text,
  state       text NOT NULL CHECK (state IN ('receiving', 'reading', 'checking', 'ready', 'publishing', 'published', 'failed')),
  -- { stage, done, total, features, secondsLeft }
  progress    jsonb NOT NULL DEFAULT '{}',
  -- As FileReport in server/ingest/report.ts.
  report      jsonb,
  -- As MappingSchema in server/core/mapping.ts.
  mapping     jsonb,
  -- { code, detail }
  error       jsonb,
  collection  text,
  generation  integer,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX upload_sha256 ON azalai.upload (sha256);

CREATE FUNCTION azalai.announce_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('azalai_upload', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON azalai.upload
  FOR EACH ROW EXECUTE FUNCTION azalai.announce_upload();

-- Every published version of every layer; the one in service is in azalai.layer too.
CREATE TABLE azalai.version (
  layer        text NOT NULL,
  generation   integer NOT NULL,
  definition   jsonb NOT NULL,
  -- Of the records; NULL when they are no longer kept.
  table_name   text,
  count        bigint NOT NULL,
  -- How it came to be: 'seed', 'upload', 'restore'.
  origin       text NOT NULL,
  upload       uuid,
  restored     integer,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (layer, generation)
);

-- Of the token by which the server is administered: SHA-256, hexadecimal.
CREATE TABLE azalai.token (
  hash       text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);
