CREATE TABLE IF NOT EXISTS "countersign_deliveries" (
  -- SHA-256 of the key: an index entry has room for 2,704 bytes, and a key may be of any length.
  -- No other index, so that the changes of a delivery stay within their page (HOT) and touch no index.
  digest bytea PRIMARY KEY,
  -- When the last claim was decided.
  claimed_at timestamptz NOT NULL,
  -- When the claim's lease ends; for a failed record, and for a free one with a last_code, when it failed.
  lease_until timestamptz NOT NULL,
  -- When the record is forgotten; 'infinity' once it failed.
  retain_until timestamptz NOT NULL,
  -- Those that exhaustAfter goes by.
  attempts integer NOT NULL,
  -- The latest signed time of a counted attempt, in milliseconds since the epoch; NULL where none is signed.
  attempted_at double precision,
  -- An ended lease waits for an operator.
  hold boolean NOT NULL,
  -- The sender was answered 2xx already.
  acked boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('claimed', 'free', 'completed', 'failed')),
  -- Whose claim or completion it is.
  token text,
  -- Of the body that was completed.
  fingerprint text,
  key text NOT NULL,
  -- How many claims were granted; NULL where an earlier version claimed it: as many as attempts.
  runs integer,
  -- How many claims came for what was completed, failed or held already.
  copies integer NOT NULL DEFAULT 0,
  event text,
  -- Why the last attempt failed, while that is how it ended.
  last_code text
) WITH (fillfactor = 80);

-- A table of an earlier version has not all of these columns yet.
ALTER TABLE "countersign_deliveries"
  ADD COLUMN IF NOT EXISTS attempted_at double precision,
  ADD COLUMN IF NOT EXISTS runs integer,
  ADD COLUMN IF NOT EXISTS copies integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS event text,
  ADD COLUMN IF NOT EXISTS last_code text;
