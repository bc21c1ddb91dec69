import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Run, Transaction } from '../../query/sql.ts';
import { deleteOtherTokens, insertToken, lockTokens, tokenHashes } from '../../query/tokens.ts';

/** A token that was taken out of the database is refused after this long at the latest. */
const REREAD_MS = 5_000;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Sees to it that there is a token. The configured one replaces any other; without one, and when none is stored, a new
 * one is made and returned: it is not kept anywhere, only its hash is, so that this is the one time it can be shown.
 */
export function ensureToken(transaction: Transaction, configured: string | undefined): Promise<string | undefined> {
  return transaction(async (run) => {
    await run(lockTokens());
    if (configured !== undefined) {
      const hash = hashOf(configured);
      await run(insertToken(hash));
      await run(deleteOtherTokens(hash));
      return undefined;
    }
    if ((await run(tokenHashes())).length > 0) return undefined;
    const token = randomBytes(32).toString('base64url');
    await run(insertToken(hashOf(token)));
    return token;
  });
}

/** Whether a token is one that administers this server. */
export interface Tokens {
  /** @throws DatabaseUnavailable */
  accepts(token: string): Promise<boolean>;
}

/** Reads the hashes now and then; comparing takes as long whatever was offered. */
export function openTokens(run: Run): Tokens {
  let known: readonly Buffer[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    accepts: async (token) => {
      if (performance.now() - readAt > REREAD_MS) {
        const rows = await run<{ hash: string }>(tokenHashes());
        known = rows.map(({ hash }) => Buffer.from(hash, 'hex'));
        readAt = performance.now();
      }
      const offered = Buffer.from(hashOf(token), 'hex');
      // Every one is compared, whichever fits.
      return known.filter((hash) => hash.length === offered.length && timingSafeEqual(hash, offered)).length > 0;
    },
  };
}
