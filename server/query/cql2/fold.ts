import type { FoldOp } from '../../core/cql2/operators.ts';
import { type Sql, sql } from '../sql.ts';

/**
 * As `fold` of server/core/cql2/fold.ts, in a database of any locale and without an extension. The outer collation is the
 * one by which filters compare, so that two foldings go together.
 */
export function folded(op: FoldOp, text: Sql): Sql {
  if (op === 'casei') {
    return sql`(translate(lower(upper(lower(${text} COLLATE "und-x-icu"))), 'ς', 'σ') COLLATE "C")`;
  }
  return sql`(normalize(regexp_replace(normalize(${text} COLLATE "C", NFD), '[\\u0300-\\u036f\\u064b-\\u065f\\u0670\\u07eb-\\u07f3\\u07fd\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\U0001e944-\\U0001e94a]', '', 'g'), NFC) COLLATE "C")`;
}
