-- Questions that are asked again when their layers change, and what then was different.

CREATE TABLE azalai.watch (
  id            uuid PRIMARY KEY,
  title         text NOT NULL,
  process       text NOT NULL,
  -- As they are asked, in the order in which they were sent.
  inputs        json NOT NULL,
  -- What the page showed when it was saved: its fragment, empty when nothing was said.
  address       text NOT NULL,
  language      text NOT NULL CHECK (language IN ('en', 'fr')),
  -- What it may be made of, and so who may read what is found: public records for the feed, or all for who has the token.
  handling      text NOT NULL CHECK (handling IN ('public', 'internal')),
  brief         text NOT NULL CHECK (brief IN ('none', 'weekly', 'monthly')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  -- The last answer: { text, figures, hash }, NULL before the first and when it was taken back.
  answer        json,
  -- What that was made of: { collection: its version in service then }
  asked         jsonb,
  answered_at   timestamptz,
  -- How often in a row there was no answer, why, and when it is asked again.
  failures      integer NOT NULL DEFAULT 0,
  problem       json,
  again_at      timestamptz NOT NULL DEFAULT now(),
  -- Somebody asks it now, and says so; when that time is over he is gone.
  claimed_until timestamptz
);

-- What was different, entry by entry.
CREATE TABLE azalai.watch_entry (
  id      uuid PRIMARY KEY,
  watch   uuid NOT NULL REFERENCES azalai.watch ON DELETE CASCADE,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind    text NOT NULL CHECK (kind IN ('begun', 'changed', 'failed', 'recovered', 'withheld')),
  -- Of which versions it tells: { collection: its version in service then }
  made_of jsonb NOT NULL,
  -- NULL: taken back, since records of which it told are withheld by now.
  content json
);
CREATE INDEX ON azalai.watch_entry (at DESC, id);
CREATE INDEX ON azalai.watch_entry (watch, at);

-- What opens the feed, to whom no token can be given: it is in its address.
CREATE TABLE azalai.watch_feed (
  is_only    boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  secret     text NOT NULL,
  renewed_at timestamptz NOT NULL DEFAULT now()
);

-- Briefs that are made of the digest: one for each rhythm, language and handling.
CREATE TABLE azalai.watch_brief (
  rhythm   text NOT NULL CHECK (rhythm IN ('weekly', 'monthly')),
  language text NOT NULL CHECK (language IN ('en', 'fr')),
  handling text NOT NULL CHECK (handling IN ('public', 'internal')),
  -- Id of the brief; NULL before the first was made.
  brief    text,
  -- Until when its last version tells; before the first: since when there is something to tell.
  made_at  timestamptz NOT NULL,
  PRIMARY KEY (rhythm, language, handling)
);
