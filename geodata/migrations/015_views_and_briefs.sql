-- What the page shows, stored under a short id; and briefs: such views in an order, each with a title and a note.

CREATE TABLE azalai.view (
  -- The first 16 characters of the hash in base64url.
  id        text PRIMARY KEY,
  -- SHA-256, hexadecimal, of the canonical JSON of { address, layers }.
  hash      text NOT NULL,
  -- The fragment of the page's address.
  address   text NOT NULL,
  -- { collection: the version that was shown }
  layers    jsonb NOT NULL,
  -- An instant at which these versions were in service together.
  stored_at timestamptz NOT NULL,
  -- When somebody last read it, to the hour.
  opened_at timestamptz,
  -- In the order of storing: a view may be dated before it was stored.
  nth       bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  bytes     integer NOT NULL GENERATED ALWAYS AS (octet_length(address) + octet_length(layers::text)) STORED
);

CREATE TABLE azalai.brief (
  id         uuid PRIMARY KEY,
  -- The one that is read when none is named.
  version    integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE azalai.brief_version (
  brief      uuid NOT NULL REFERENCES azalai.brief ON DELETE CASCADE,
  version    integer NOT NULL,
  title      text NOT NULL,
  language   text NOT NULL CHECK (language IN ('en', 'fr')),
  handling   text NOT NULL CHECK (handling IN ('public', 'internal')),
  -- As BriefView in server/core/brief.ts.
  views      jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (brief, version)
);
