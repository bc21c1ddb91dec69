import { type Query, sql, toNamedQuery, toQuery } from './sql.ts';

/** The hashes of the tokens that are accepted: rows `{ hash }`, SHA-256, hexadecimal. */
export function tokenHashes(): Query {
  return toNamedQuery(sql`SELECT hash FROM azalai.token`);
}

export function insertToken(hash: string): Query {
  return toQuery(sql`INSERT INTO azalai.token (hash) VALUES (${hash}) ON CONFLICT DO NOTHING`);
}

/** Of two processes that start on one database, one is first: the other waits here. */
export function lockTokens(): Query {
  return toQuery(sql`LOCK TABLE azalai.token IN EXCLUSIVE MODE`);
}

export function deleteOtherTokens(hash: string): Query {
  return toQuery(sql`DELETE FROM azalai.token WHERE hash <> ${hash}`);
}
