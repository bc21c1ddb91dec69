-- Earlier versions of layers that are brought back: how far each is, and what came of it.
CREATE TABLE azalai.restoration (
  id         uuid PRIMARY KEY,
  layer      text NOT NULL,
  -- The version to have again.
  wanted     integer NOT NULL,
  state      text NOT NULL CHECK (state IN ('restoring', 'restored', 'failed')),
  -- { step, done, total }
  progress   jsonb,
  -- { code, detail }
  error      jsonb,
  -- The version that it became, and how many records that has.
  generation integer,
  count      bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Of what is restored the process that does it says now and then that it is there.
  updated_at timestamptz NOT NULL DEFAULT now()
);
