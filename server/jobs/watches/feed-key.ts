import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Run } from '../../query/sql.ts';
import { feedSecret, knownSecret } from '../../query/watches.ts';
import { FeedNotFound } from './errors.ts';

/** Bytes by chance: 192 bits, that nobody finds by trying. */
const SECRET_BYTES = 24;

export interface FeedKey {
  readonly secret: string;
  /** ISO 8601 UTC. */
  readonly renewedAt: string;
}

/** What opens the feed; made when it is first asked for, or when it is to be another from now on. */
export async function feedKey(run: Run, { isNew }: { readonly isNew: boolean }): Promise<FeedKey> {
  const [row] = await run<FeedKey>(feedSecret(randomBytes(SECRET_BYTES).toString('base64url'), isNew));
  return row as FeedKey;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** @throws FeedNotFound */
export async function checkFeedKey(run: Run, given: string | undefined): Promise<void> {
  const [row] = await run<{ secret: string }>(knownSecret());
  // By their hashes, so that how long it takes says nothing of how much of it is right.
  if (!row || given === undefined || !timingSafeEqual(digest(given), digest(row.secret))) throw new FeedNotFound();
}
